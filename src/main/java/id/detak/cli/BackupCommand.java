package id.detak.cli;

import id.detak.backup.Backup;
import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import id.detak.platform.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "backup", mixinStandardHelpOptions = true,
        description = {"Writes everything to one file, while the server goes on: all tables, the key of sealed secrets, your data files. restore reads it, "
                + "into PostgreSQL of any version.", "The file holds secrets: keep it as safe as the data folder."})
class BackupCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Where to. What is there is replaced when the new file is whole.")
    Path file;

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target) || !Files.isDirectory(target.getParent())) {
            throw new UserException(file + " cannot be written: " + (Files.isDirectory(target) ? "it is a folder." : "its folder does not exist."));
        }
        StartupSettings settings = StartupSettings.read();
        Database database = Bootstrap.open(settings, EmbeddedPostgres.Role.COMMAND);
        Backup.Written written = new Backup(database, settings.dataFolder(), settings.secretKeySet(), Clock.systemUTC()).write(target);
        System.err.println(written.rows() + " rows of " + written.tables() + " tables written");
        if (written.keyOutside()) {
            System.err.println("DETAK_SECRET_KEY is not part of the backup: keep it elsewhere, for channels cannot be opened without it.");
        }
        return ExitCode.DONE;
    }
}

package id.detak.cli;

import id.detak.backup.Backup;
import id.detak.backup.BackupFile;
import id.detak.backup.NotRestorableException;
import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import id.detak.platform.UserException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a backup to one file, even while the server runs: all tables, the secret key and your data files. "
                    + "The command restore reads it, into any version of PostgreSQL.",
            "The file contains secrets: keep it as safe as the data folder.",
            "Exit code 1 of --check: the file is damaged or cut off."
        })
class BackupCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            description = "The file to write, or - for standard output. "
                    + "An existing file is replaced when the new one is complete.")
    String file;

    @Option(
            names = "--check",
            description = "Read an existing backup instead, and check that it is complete. Needs no database.")
    boolean check;

    @Override
    public Integer call() {
        if (check) {
            return check(Path.of(file));
        }
        Optional<Path> target = file.equals("-") ? Optional.empty() : Optional.of(target());
        StartupSettings settings = StartupSettings.read();
        Database database = Bootstrap.open(settings, EmbeddedPostgres.Role.COMMAND);
        Backup backup = new Backup(database, settings.dataFolder(), settings.secretKeySet(), Clock.systemUTC());
        Backup.Written written =
                target.map(backup::write).orElseGet(() -> backup.write(new FileOutputStream(FileDescriptor.out)));
        System.err.println(written.rows() + " rows of " + written.tables() + " tables written");
        if (written.keyOutside()) {
            System.err.println(
                    "DETAK_SECRET_KEY is not part of the backup. Keep it elsewhere: channels cannot be decrypted without it.");
        }
        return ExitCode.DONE;
    }

    private static int check(Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            BackupFile.Summary summary = backup.summary();
            System.err.println(summary.rows() + " rows of " + summary.tables() + " tables, as of " + summary.madeAt()
                    + ", schema " + summary.schema() + ", from PostgreSQL " + summary.postgres() + ": complete");
            return ExitCode.DONE;
        } catch (NotRestorableException e) {
            return Main.complain(ExitCode.UNREACHABLE, e.getMessage());
        }
    }

    private Path target() {
        Path target = Path.of(file).toAbsolutePath();
        if (Files.isDirectory(target) || !Files.isDirectory(target.getParent())) {
            throw new UserException("Cannot write " + file + ": "
                    + (Files.isDirectory(target) ? "it is a folder." : "its folder does not exist."));
        }
        return target;
    }
}

package id.detak.cli;

import id.detak.backup.BackupFile;
import id.detak.backup.NotRestorableException;
import id.detak.backup.Restore;
import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "restore", mixinStandardHelpOptions = true,
        description = "Puts what backup wrote into a new data folder, or into an empty database of DETAK_DB_URL. An older backup is migrated. "
                + "Nothing is changed where the file is damaged, the database is not empty, or a server works on it.")
class RestoreCommand implements Callable<Integer> {

    @Option(names = "--send-waiting", description = "Messages that waited are sent: for a move, where the server was stopped before the backup. "
            + "Otherwise they count as failed, since they may have been delivered after it, and can be sent again by hand.")
    boolean sendWaiting;

    @Parameters(paramLabel = "FILE", description = "What backup wrote.")
    Path file;

    @Override
    public Integer call() {
        StartupSettings settings = StartupSettings.read();
        try (BackupFile backup = BackupFile.open(file)) {
            Database database = Bootstrap.open(settings, EmbeddedPostgres.Role.COMMAND);
            Restore.Restored restored = new Restore(database, settings.dataFolder(), settings.secretKeySet()).from(backup, sendWaiting);
            System.err.println(restored.rows() + " rows of " + restored.tables() + " tables restored, as of " + restored.madeAt());
            if (restored.messagesHeld() > 0) {
                System.err.println(restored.messagesHeld() + " messages waited then and are not sent by themselves: they may have been delivered since.");
            }
            if (restored.otherKey()) {
                System.err.println(settings.secretKeySet() ? "DETAK_SECRET_KEY was not set where the backup was made: unset it, or channels cannot be opened."
                        : "DETAK_SECRET_KEY was set where the backup was made: set it here too, or channels cannot be opened.");
            }
        } catch (NotRestorableException e) {
            return Main.complain(ExitCode.WRONG_USE, e.getMessage());
        }
        return ExitCode.DONE;
    }
}

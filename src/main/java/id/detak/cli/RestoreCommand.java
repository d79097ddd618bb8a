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

@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description =
                "Restores a backup into a new data folder, or into the empty database at DETAK_DB_URL. Older backups are migrated. "
                        + "Nothing changes if the file is damaged, the database is not empty, or a server is connected to it.")
class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--send-waiting",
            description =
                    "Send the messages that were waiting. Use it for a move, if the server was stopped before the backup. "
                            + "Otherwise they count as failed, because they may have been delivered later, and can be sent again by hand.")
    boolean sendWaiting;

    @Parameters(paramLabel = "FILE", description = "The backup.")
    Path file;

    @Override
    public Integer call() {
        StartupSettings settings = StartupSettings.read();
        try (BackupFile backup = BackupFile.open(file)) {
            Database database = Bootstrap.open(settings, EmbeddedPostgres.Role.COMMAND);
            Restore.Restored restored =
                    new Restore(database, settings.dataFolder(), settings.secretKeySet()).from(backup, sendWaiting);
            System.err.println(
                    restored.rows() + " rows of " + restored.tables() + " tables restored, as of " + restored.madeAt());
            if (restored.messagesHeld() > 0) {
                System.err.println(
                        restored.messagesHeld()
                                + " messages were waiting and are not sent automatically, because they may have been delivered since.");
            }
            if (restored.otherKey()) {
                System.err.println(
                        settings.secretKeySet()
                                ? "DETAK_SECRET_KEY was not set when the backup was made: unset it, or channels cannot be decrypted."
                                : "DETAK_SECRET_KEY was set when the backup was made: set the same value here, or channels cannot be decrypted.");
            }
        } catch (NotRestorableException e) {
            return Main.complain(ExitCode.WRONG_USE, e.getMessage());
        }
        return ExitCode.DONE;
    }
}

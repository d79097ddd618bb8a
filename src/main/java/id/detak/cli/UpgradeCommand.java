package id.detak.cli;

import id.detak.platform.BadSettingException;
import id.detak.platform.StartupSettings;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = "Moves the embedded database of an earlier Detak to the PostgreSQL of this one. "
                + "Stop the server first. The old database stays in the data folder.")
class UpgradeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        StartupSettings settings = StartupSettings.read();
        if (settings.databaseUrl().isPresent()) {
            throw new BadSettingException(
                    "DETAK_DB_URL is set: upgrade that PostgreSQL by its own means. Detak migrates its schema at the start.");
        }
        new EmbeddedUpgrade(settings.dataFolder(), settings.secretKeySet(), Clock.systemUTC())
                .run()
                .ifPresentOrElse(
                        upgraded -> System.err.println(upgraded.rows() + " rows of " + upgraded.tables()
                                + " tables moved from PostgreSQL " + upgraded.from()
                                + ". When everything works, delete the old database in " + upgraded.former()),
                        () -> System.err.println("The data folder " + settings.dataFolder() + " needs no upgrade"));
        return ExitCode.DONE;
    }
}

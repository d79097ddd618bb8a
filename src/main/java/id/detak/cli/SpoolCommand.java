package id.detak.cli;

import id.detak.intake.spool.SetAside;
import id.detak.platform.StartupSettings;
import id.detak.platform.UserException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "spool",
        mixinStandardHelpOptions = true,
        description = "Lists the polls that the database refused and that are set aside in the data folder. "
                + "Exit code 1 if there are any.")
class SpoolCommand implements Callable<Integer> {

    @Option(
            names = "--retry",
            description = "Put them back into the spool. A running server writes them within half a minute, "
                    + "otherwise the next start does.")
    boolean retry;

    @Override
    public Integer call() {
        SetAside aside = new SetAside(StartupSettings.read().dataFolder().resolve("spool"));
        if (!retry) {
            List<Path> files = aside.files();
            files.forEach(System.out::println);
            return files.isEmpty() ? ExitCode.DONE : ExitCode.UNREACHABLE;
        }
        try {
            System.err.println(aside.retry() + " attempts put back into the spool");
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new UserException("The attempts cannot be put back (" + e.getMessage()
                    + "): run the command as the user of the server.");
        }
    }
}

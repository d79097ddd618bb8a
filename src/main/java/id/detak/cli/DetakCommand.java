package id.detak.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "detak", mixinStandardHelpOptions = true, version = "Detak 0.1.0",
        description = "Tracks the market indicators of kontan.co.id. Without a command it serves.",
        subcommands = {ServeCommand.class, ParseCommand.class, PollCommand.class, ImportCommand.class, ExportCommand.class,
                RebuildCommand.class, ReparseCommand.class,
                BackupCommand.class, RestoreCommand.class, AdminTokenCommand.class})
class DetakCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return new ServeCommand().call();
    }
}

package id.detak.cli;

import id.detak.platform.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "detak",
        mixinStandardHelpOptions = true,
        versionProvider = DetakCommand.VersionText.class,
        description = "Tracks the market indicators of kontan.co.id. Without a command, it runs serve.",
        subcommands = {
            ServeCommand.class,
            ParseCommand.class,
            PollCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            RebuildCommand.class,
            ReparseCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SpoolCommand.class,
            ConfigCommand.class,
            UpgradeCommand.class,
            AdminTokenCommand.class,
            TrainingRunCommand.class
        })
class DetakCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return new ServeCommand().call();
    }

    static final class VersionText implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"Detak " + Version.NUMBER};
        }
    }
}

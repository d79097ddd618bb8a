package id.detak.cli;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description = "Polls the sources and serves API and pages on http://localhost:8080 (the default command).")
class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Bootstrap.prepare(StartupSettings.read(), EmbeddedPostgres.Role.SERVE);
        return QuarkusLauncher.of(null);
    }
}

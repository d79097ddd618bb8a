package id.detak.cli;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "serve", mixinStandardHelpOptions = true, description = "Polls, and serves API and page on http://localhost:8080 (the default).")
class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Bootstrap.prepare(StartupSettings.read(), EmbeddedPostgres.Role.SERVE);
        return QuarkusLauncher.of(null);
    }
}

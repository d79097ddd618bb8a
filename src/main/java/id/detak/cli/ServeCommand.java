package id.detak.cli;

import id.detak.platform.Settings;
import id.detak.platform.postgres.EmbeddedPostgres;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "serve", mixinStandardHelpOptions = true, description = "Polls, and serves API and page on http://localhost:8080 (the default).")
class ServeCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        Surroundings.prepare(Settings.read(), EmbeddedPostgres.Role.SERVE);
        return Launch.of(null);
    }
}

package id.detak.cli;

import id.detak.database.Database;
import id.detak.demo.DemoOrigin;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.platform.StartupSettings;
import id.detak.platform.UserException;
import id.detak.platform.log.LogFormat;
import io.quarkus.arc.Arc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * What must stand before Quarkus starts: the database, and for a demo the origin that simulates the site. Quarkus is told of
 * them by system properties, which outlive a reload of {@code quarkus:dev} as they do: a second call in the same JVM finds them.
 */
final class Bootstrap {

    private static final String PREPARED = "detak.surroundings";
    private static final int CLOSING_PATIENCE_MILLIS = 20_000;

    private Bootstrap() {
    }

    /** @throws id.detak.platform.UserException where there is no usable database */
    static void prepare(StartupSettings settings, EmbeddedPostgres.Role role) {
        if (System.getProperty(PREPARED) != null) {
            return;
        }
        System.setProperty("quarkus.log.console.json.enabled", String.valueOf(settings.logFormat() == LogFormat.JSON));
        if (role == EmbeddedPostgres.Role.SERVE) {
            String host = settings.staysOnLoopback() ? StartupSettings.LOOPBACK_HOST : settings.httpHost();
            if (settings.staysOnLoopback()) {
                System.err.println("detak: listening on " + host + " alone, not on " + settings.httpHost() + ": set DETAK_ADMIN_TOKEN before others can reach it");
                System.setProperty("quarkus.http.host", host);
            }
            refuseTakenPort(host, settings.httpPort());
        }
        Database database = open(settings, role);
        database.properties().forEach(System::setProperty);
        System.setProperty("detak.database-owned", String.valueOf(database.isOwned()));
        settings.openIdUrl().ifPresent(url -> {
            System.setProperty("detak.oidc.enabled", "true");
            System.setProperty("quarkus.oidc.authentication.force-redirect-https-scheme", String.valueOf(settings.publicUrlIsHttps()));
        });
        if (settings.demo()) {
            DemoOrigin origin = DemoOrigin.start();
            if (settings.pollEvery().isEmpty()) {
                System.setProperty("detak.poll-every", "3s");
            }
            System.setProperty("detak.source-url", origin.url());
            System.setProperty("detak.market-hours", "always");
        }
        System.setProperty(PREPARED, "true");
    }

    /**
     * The database alone, for what goes on without Quarkus; it is closed when the process ends.
     *
     * @throws id.detak.platform.UserException where there is no usable database
     */
    static Database open(StartupSettings settings, EmbeddedPostgres.Role role) {
        Database database = Database.open(settings, role);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database), "detak-database-close"));
        return database;
    }

    /** Before anything is made, polled, or shown only once. */
    private static void refuseTakenPort(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UserException("Port " + port + " of " + host + " cannot be listened on (" + e.getMessage()
                    + "): stop what uses it, or set QUARKUS_HTTP_PORT to a free one.");
        }
    }

    /** The connection pool is closed first: it would take the end of the database for a fault. */
    private static void close(Database database) {
        long end = System.currentTimeMillis() + CLOSING_PATIENCE_MILLIS;
        try {
            while (Arc.container() != null && Arc.container().isRunning() && System.currentTimeMillis() < end) {
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }
}

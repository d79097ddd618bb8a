package id.detak.cli;

import id.detak.database.Database;
import id.detak.demo.DemoOrigin;
import id.detak.demo.SimulatedMarket;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.indicator.Calendars;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.platform.StartupSettings;
import id.detak.platform.TemporaryFolder;
import id.detak.platform.UserException;
import id.detak.platform.log.LogFormat;
import io.quarkus.arc.Arc;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Prepares what Quarkus needs before it starts: the log format, a free port, the database, sign-in, and the simulated
 * site of a demo. Passes the results to Quarkus as system properties. These and the prepared services survive a reload
 * of {@code quarkus:dev}, so a second call in the same JVM does nothing.
 */
final class Bootstrap {

    private static final String PREPARED = "detak.prepared";
    private static final String TUNNELING_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";
    private static final int POOL_CLOSE_TIMEOUT_MILLIS = 20_000;

    private Bootstrap() {}

    /**
     * @return the database, which is closed when the process ends; null if another call has prepared it
     * @throws id.detak.platform.UserException if there is no usable database
     */
    static Database prepare(StartupSettings settings, EmbeddedPostgres.Role role) {
        if (System.getProperty(PREPARED) != null) {
            return null;
        }
        TemporaryFolder.use();
        chooseLogFormat(settings);
        allowProxyCredentials();
        if (role == EmbeddedPostgres.Role.SERVE) {
            chooseHost(settings);
        }
        Database database = openDatabase(settings, role);
        enableSignIn(settings);
        if (settings.demo()) {
            startDemo(settings);
        }
        System.setProperty(PREPARED, "true");
        return database;
    }

    private static void chooseLogFormat(StartupSettings settings) {
        System.setProperty("quarkus.log.console.json.enabled", String.valueOf(settings.logFormat() == LogFormat.JSON));
    }

    /** Otherwise the JDK sends no user name and password to a proxy that connects to https. */
    private static void allowProxyCredentials() {
        if (System.getProperty(TUNNELING_SCHEMES) == null) {
            System.setProperty(TUNNELING_SCHEMES, "");
        }
    }

    private static void chooseHost(StartupSettings settings) {
        if (!settings.staysOnLoopback()) {
            requireFreePort(settings.httpHost(), settings.httpPort());
            return;
        }
        String host = StartupSettings.LOOPBACK_HOST;
        System.err.println("detak: listening on " + host + " only, not on " + settings.httpHost()
                + ". Set DETAK_ADMIN_TOKEN to allow access from other machines");
        System.setProperty("quarkus.http.host", host);
        requireFreePort(host, settings.httpPort());
    }

    /** Fails before a database is created, a source is polled, or a new admin token is shown. */
    private static void requireFreePort(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UserException("Cannot listen on port " + port + " of " + host + " (" + e.getMessage()
                    + "). Stop the program that uses it, or set QUARKUS_HTTP_PORT to a free port.");
        }
    }

    private static Database openDatabase(StartupSettings settings, EmbeddedPostgres.Role role) {
        Database database = open(settings, role);
        database.properties().forEach(System::setProperty);
        System.setProperty("detak.database-owned", String.valueOf(database.isOwned()));
        return database;
    }

    private static void enableSignIn(StartupSettings settings) {
        settings.openIdUrl().ifPresent(url -> {
            System.setProperty("detak.oidc.enabled", "true");
            System.setProperty(
                    "quarkus.oidc.authentication.force-redirect-https-scheme",
                    String.valueOf(settings.publicUrlIsHttps()));
        });
    }

    private static void startDemo(StartupSettings settings) {
        MarketHours hours = ConfigProvider.getConfig()
                .getOptionalValue("detak.market-hours", MarketHours.class)
                .orElse(MarketHours.IDX);
        Calendars calendars = new Calendars(hours, new DataFolder(settings.dataFolder()));
        DemoOrigin origin = DemoOrigin.start(new SimulatedMarket(calendars));
        if (settings.pollEvery().isEmpty()) {
            System.setProperty("detak.poll-every", "3s");
        }
        System.setProperty("detak.source-url", origin.url());
    }

    /**
     * Opens the database for a command that works without Quarkus. It is closed when the process ends.
     *
     * @throws id.detak.platform.UserException if there is no usable database
     */
    static Database open(StartupSettings settings, EmbeddedPostgres.Role role) {
        Database database = Database.open(settings, role);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> close(database), "detak-database-close"));
        return database;
    }

    /** Waits until the connection pool is closed, which would otherwise report the end of the database as an error. */
    private static void close(Database database) {
        long end = System.currentTimeMillis() + POOL_CLOSE_TIMEOUT_MILLIS;
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

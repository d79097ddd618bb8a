package id.detak.database;

import id.detak.platform.SharedClock;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Asks the database twice a second, by a connection of its own and with little patience, whether it is there and takes what is
 * written. A connection that breaks says that others are broken too: then the pool makes its connections anew.
 */
@ApplicationScoped
public class DatabaseWatch {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int PATIENCE_MILLIS = 1000;
    /** A server that is only busy takes a while until a new connection stands. */
    private static final String CONNECTING_SECONDS = "2";
    /** Of several hosts, each may use up its patience. */
    private static final String LONGEST_SECONDS = "5";

    private final AgroalDataSource pool;
    private final ConnectionLimits connections;
    private final SharedClock clock;
    private final String url;
    private final Properties properties = new Properties();
    private ScheduledExecutorService executor;
    private Connection connection;
    private Runnable preparation;
    private volatile Absence absence;

    DatabaseWatch(AgroalDataSource pool, ConnectionLimits connections, SharedClock clock, @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.pool = pool;
        this.connections = connections;
        this.clock = clock;
        this.url = url;
        username.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("ApplicationName", "detak-watch");
        properties.setProperty("connectTimeout", CONNECTING_SECONDS);
        properties.setProperty("socketTimeout", CONNECTING_SECONDS);
        properties.setProperty("loginTimeout", LONGEST_SECONDS);
    }

    /** That the database is away. */
    public record Absence(Instant since, String reason) {
    }

    /**
     * Looks, and from then on goes on looking.
     *
     * @param preparation done once (tried again where the database goes away meanwhile), before anything else works on the database: now, or, where it is away, as soon as it is there
     * @param onFailure told where the preparation fails for good after this has returned; before, it is thrown
     */
    public void start(Runnable preparation, Consumer<RuntimeException> onFailure) {
        this.preparation = preparation;
        look();
        executor = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "detak-database-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(() -> lookOn(onFailure), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    public void stop() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    public Optional<Absence> absence() {
        return Optional.ofNullable(absence);
    }

    public boolean isAway() {
        return absence != null;
    }

    private void lookOn(Consumer<RuntimeException> onFailure) {
        try {
            look();
        } catch (RuntimeException e) {
            if (preparation == null) {
                Log.error("Looking after the database met a fault of Detak's.", e);
                return;
            }
            executor.shutdown();
            onFailure.accept(e);
        }
    }

    private void look() {
        boolean known = connection != null;
        Optional<String> objection = ask();
        boolean renewed = false;
        if (objection.isPresent() && known && connection == null) {
            // the connection has broken: that may be the end of it alone
            objection = ask();
            renewed = true;
        }
        if (objection.isEmpty() && preparation != null) {
            objection = prepare();
        }
        if (objection.isPresent()) {
            away(objection.get());
        } else if (absence != null) {
            pool.flush(FlushMode.GRACEFUL);
            Log.infof("The database is back; it was away since %s.", absence.since());
            absence = null;
        } else if (renewed) {
            pool.flush(FlushMode.GRACEFUL);
        }
    }

    private Optional<String> prepare() {
        try {
            Database.refuseOld(connection.getMetaData().getDatabaseMajorVersion());
            preparation.run();
            preparation = null;
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(TransientFailures.rootMessage(e));
        } catch (RuntimeException e) {
            if (!TransientFailures.isTransient(e)) {
                throw e;
            }
            return Optional.of(TransientFailures.rootMessage(e));
        }
    }

    private void away(String reason) {
        if (absence == null) {
            absence = new Absence(clock.instant(), reason);
            Log.warnf("The database is away: %s. Polls go on and wait on the disk; requests are refused until it is back.", reason);
            connections.abortAll();
            pool.flush(FlushMode.ALL);
        }
    }

    /** @return why it cannot be worked with, or nothing */
    private Optional<String> ask() {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(url, properties);
            }
            Instant asked = clock.machineTime();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean, clock_timestamp()")) {
                row.next();
                clock.databaseSays(row.getObject(2, OffsetDateTime.class).toInstant(), asked, clock.machineTime());
                if (!row.getBoolean(1)) {
                    connection.setNetworkTimeout(Runnable::run, PATIENCE_MILLIS);
                    return Optional.empty();
                }
            }
            disconnect();
            return Optional.of("it takes nothing that is written, as a standby that is no primary yet");
        } catch (SQLException | RuntimeException e) {
            disconnect();
            return Optional.of(TransientFailures.rootMessage(e));
        }
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // it was broken already
            }
            connection = null;
        }
    }
}

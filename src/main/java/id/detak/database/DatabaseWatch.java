package id.detak.database;

import id.detak.platform.SharedClock;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
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
 * Checks twice a second, on a separate connection with short timeouts, whether the database can be reached and written
 * to. If that connection breaks, others probably are broken, too, so the pool replaces its connections.
 */
@ApplicationScoped
public class DatabaseWatch {

    private static final Duration EVERY = Duration.ofMillis(500);
    private static final int TIMEOUT_MILLIS = 1000;
    /** A busy server takes a while to accept a new connection. */
    private static final String CONNECT_SECONDS = "2";
    /** The time limit of a login. If the URL names several hosts, each may take this long. */
    private static final String LOGIN_SECONDS = "5";

    private final AgroalDataSource pool;
    private final ConnectionLimits connections;
    private final SharedClock clock;
    private final String url;
    private final Properties properties = new Properties();
    private ScheduledExecutorService executor;
    private Connection connection;
    private Runnable preparation;
    private volatile Absence absence;

    DatabaseWatch(
            AgroalDataSource pool,
            ConnectionLimits connections,
            SharedClock clock,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.pool = pool;
        this.connections = connections;
        this.clock = clock;
        this.url = url;
        username.ifPresent(name -> properties.setProperty("user", name));
        password.ifPresent(secret -> properties.setProperty("password", secret));
        properties.setProperty("ApplicationName", Replicas.OWN_NAME);
        properties.setProperty("connectTimeout", CONNECT_SECONDS);
        properties.setProperty("socketTimeout", CONNECT_SECONDS);
        properties.setProperty("loginTimeout", LOGIN_SECONDS);
    }

    /** An outage of the database. */
    public record Absence(Instant since, String reason) {}

    /**
     * Checks now and then at regular intervals.
     *
     * @param preparation runs once before anything else uses the database: now, or as soon as the database is
     *     available. It is retried if the database becomes unavailable while it runs.
     * @param onFailure called if the preparation fails permanently after this method has returned; before, the failure
     *     is thrown
     */
    public void start(Runnable preparation, Consumer<RuntimeException> onFailure) {
        this.preparation = preparation;
        check();
        executor = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "detak-database-watch");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(
                () -> checkAgain(onFailure), EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

    private void checkAgain(Consumer<RuntimeException> onFailure) {
        try {
            check();
        } catch (RuntimeException e) {
            if (preparation == null) {
                Log.error("Checking the database failed with an internal error.", e);
                return;
            }
            executor.shutdown();
            onFailure.accept(e);
        }
    }

    private void check() {
        boolean wasConnected = connection != null;
        Optional<String> failure = query();
        boolean reconnected = false;
        if (failure.isPresent() && wasConnected && connection == null) {
            // perhaps only this connection has broken
            failure = query();
            reconnected = true;
        }
        if (failure.isEmpty() && preparation != null) {
            failure = prepare();
        }
        if (failure.isPresent()) {
            unavailable(failure.get());
        } else if (absence != null) {
            pool.flush(FlushMode.GRACEFUL);
            Log.infof("The database is back; it was unavailable since %s.", absence.since());
            absence = null;
        } else if (reconnected) {
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

    private void unavailable(String reason) {
        if (absence == null) {
            absence = new Absence(clock.instant(), reason);
            Log.warnf(
                    "The database is unavailable: %s. Polls continue and are stored in the spool; requests are "
                            + "rejected until it is back.",
                    reason);
            connections.abortAll();
            pool.flush(FlushMode.ALL);
        }
    }

    /** @return why the database cannot be used, or empty */
    private Optional<String> query() {
        try {
            if (connection == null) {
                connection = DriverManager.getConnection(url, properties);
            }
            Instant queriedAt = clock.machineTime();
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(
                            "select pg_is_in_recovery() or current_setting('transaction_read_only')::boolean, clock_timestamp()")) {
                row.next();
                clock.synchronize(row.getObject(2, OffsetDateTime.class).toInstant(), queriedAt, clock.machineTime());
                if (!row.getBoolean(1)) {
                    connection.setNetworkTimeout(Runnable::run, TIMEOUT_MILLIS);
                    return Optional.empty();
                }
            }
            disconnect();
            return Optional.of("it is read-only, like a standby before its promotion");
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
                // it was already broken
            }
            connection = null;
        }
    }
}

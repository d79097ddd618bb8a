package id.detak.testsupport;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** The embedded PostgreSQL of a data folder, seen from outside. */
public record PostgresProcess(Path data) {

    private static final Duration KILL_LIMIT = Duration.ofMinutes(1);

    /** The process that {@code postmaster.pid} names, if it runs. */
    public Optional<ProcessHandle> postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(cluster().resolve("postmaster.pid"))
                    .get(0)
                    .strip());
            return ProcessHandle.of(pid).filter(this::isOurs);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** How many servers run on the folder, according to the processes rather than its files. */
    public long postmasters() {
        return ProcessHandle.allProcesses().filter(this::isOurs).count();
    }

    /** A server has its data folder among its arguments; its children have other arguments, and a zombie has none. */
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                        .command()
                        .filter(name -> name.endsWith("/postgres"))
                        .isPresent()
                && process.info()
                        .arguments()
                        .filter(arguments ->
                                List.of(arguments).contains(cluster().toString()))
                        .isPresent();
    }

    /** Kills only the server with kill -9 and waits for its end; its children end when they notice. */
    public void kill() {
        postmaster().ifPresent(process -> {
            process.destroyForcibly();
            await("PostgreSQL is gone")
                    .atMost(KILL_LIMIT)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !isOurs(process));
        });
    }

    /** The port in the file of the owner. */
    public int port() {
        return Integer.parseInt(server().getProperty("port"));
    }

    public boolean isRunning() {
        return Files.exists(data.resolve("server.properties"));
    }

    private Properties server() {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(data.resolve("server.properties"))) {
            properties.load(reader);
            return properties;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Connection connect() throws SQLException {
        try {
            return DriverManager.getConnection(jdbcUrl(), "detak", password());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/detak";
    }

    public String password() throws IOException {
        return Files.readString(data.resolve("database-password")).strip();
    }

    /** Configures another process to use the same database, as a replica does. */
    public PackagedDetak replica(Path folder) {
        try {
            return PackagedDetak.on(folder)
                    .with("DETAK_DB_URL", jdbcUrl())
                    .with("DETAK_DB_USER", "detak")
                    .with("DETAK_DB_PASSWORD", password());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path cluster() {
        return data.resolve("postgres");
    }
}

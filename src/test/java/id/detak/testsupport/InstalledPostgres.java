package id.detak.testsupport;

import id.detak.platform.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The PostgreSQL that the machine has of its own (Debian's, say), run in a folder of the test as somebody's external database. */
public final class InstalledPostgres implements AutoCloseable {

    private static final String PASSWORD = "rahasia & panjang";
    private static final int LIMIT_SECONDS = 60;

    private final Path programs;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** Where its programs lie; empty where there are none. */
    public static Optional<Path> programs() {
        try {
            Process process = new ProcessBuilder("pg_config", "--bindir").start();
            Path folder = Path.of(new String(process.getInputStream().readAllBytes()).strip());
            return Optional.of(folder).filter(path -> Files.isExecutable(path.resolve("initdb")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Makes a cluster in the folder, and starts it with a role {@code detak}. */
    public static InstalledPostgres start(Path programs, Path folder) throws IOException, SQLException {
        InstalledPostgres postgres = new InstalledPostgres(programs, folder, PackagedDetak.freePort());
        Path password = Files.writeString(Files.createDirectories(folder).resolve("password"), PASSWORD);
        postgres.run("initdb", "-D", postgres.cluster(), "-U", "postgres", "--auth=scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C", "-N");
        postgres.run("pg_ctl", "-D", postgres.cluster(), "-l", folder.resolve("log").toString(), "-w", "-o",
                "-c port=" + postgres.port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start");
        postgres.execute("create role detak login password '" + PASSWORD + "'");
        return postgres;
    }

    /** Makes a database that belongs to the role {@code detak}. */
    public void create(String database) throws SQLException {
        execute("create database " + database + " owner detak");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", PASSWORD); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "detak", PASSWORD);
    }

    public Database database(String name) {
        return new Database(url(name), "detak", PASSWORD, null);
    }

    /** A Detak that is to work on one of the databases. */
    public PackagedDetak give(PackagedDetak detak, String database) {
        return detak.with("DETAK_DB_URL", url(database)).with("DETAK_DB_USER", "detak").with("DETAK_DB_PASSWORD", PASSWORD);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String cluster() {
        return folder.resolve("cluster").toString();
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own root is nobody, yet still owns the files. */
    private void run(String program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>("root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of());
        line.add(programs.resolve(program).toString());
        Stream.of(arguments).forEach(line::add);
        Path said = folder.resolve(program + ".out");
        Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(line + " failed: " + Files.readString(said));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() throws IOException {
        run("pg_ctl", "-D", cluster(), "-m", "immediate", "-w", "stop");
    }
}

package id.detak.testsupport;

import id.detak.database.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The PostgreSQL installed on this machine, for example Debian's, run in a folder of the test as an external database.
 */
public final class InstalledPostgres implements AutoCloseable {

    private static final String PASSWORD = "rahasia & panjang";
    private static final int LIMIT_SECONDS = 180;

    private final Path programs;
    private final Path folder;
    private final int port;

    private InstalledPostgres(Path programs, Path folder, int port) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
    }

    /** The folder of its programs; empty if PostgreSQL is not installed. */
    public static Optional<Path> programs() {
        try {
            Process process = new ProcessBuilder("pg_config", "--bindir").start();
            Path folder = Path.of(new String(process.getInputStream().readAllBytes()).strip());
            return Optional.of(folder).filter(path -> Files.isExecutable(path.resolve("initdb")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Creates a cluster in the folder and starts it, with a role {@code detak}. */
    public static InstalledPostgres start(Path programs, Path folder) throws IOException, SQLException {
        InstalledPostgres postgres = new InstalledPostgres(programs, folder, PackagedDetak.freePort());
        Path password = Files.writeString(Files.createDirectories(folder).resolve("password"), PASSWORD);
        postgres.run(
                "initdb",
                "-D",
                postgres.cluster(),
                "-U",
                "postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + password,
                "-E",
                "UTF8",
                "--locale=C",
                "-N");
        postgres.startAgain();
        postgres.execute("create role detak login password '" + PASSWORD + "'");
        return postgres;
    }

    /** Restarts the server on the same port, for example after a crash. */
    public void startAgain() throws IOException {
        run(
                "pg_ctl",
                "-D",
                cluster(),
                "-l",
                folder.resolve("log").toString(),
                "-w",
                "-o",
                "-c port=" + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off",
                "start");
    }

    /** Starts a standby server that replicates this one and can be promoted. */
    public InstalledPostgres standby(Path other) throws IOException, SQLException {
        InstalledPostgres standby =
                new InstalledPostgres(programs, Files.createDirectories(other), PackagedDetak.freePort());
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(Path.of(cluster()), Path.of(standby.cluster()));
            try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                row.next();
                Files.writeString(Path.of(standby.cluster(), "backup_label"), row.getString(1));
            }
        }
        Files.writeString(
                Path.of(standby.cluster(), "postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres password=''%s'''%n"
                        .formatted(port, PASSWORD));
        Files.createFile(Path.of(standby.cluster(), "standby.signal"));
        standby.startAgain();
        return standby;
    }

    public void promote() throws IOException {
        run("pg_ctl", "-D", cluster(), "-w", "promote");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.filter(
                    path -> !path.endsWith("postmaster.pid") && !path.endsWith("postmaster.opts"))::iterator) {
                Path copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(
                            copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** Terminates all connections of the role {@code detak}, as an administrator may. */
    public void endBackends() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'detak'");
    }

    /** Limits the connections of the role {@code detak}; -1 means no limit. */
    public void limitConnections(int most) throws SQLException {
        execute("alter role detak connection limit " + most);
    }

    /** Sends STOP or CONT to the server and its child processes. */
    public void signal(String name) throws IOException {
        ProcessHandle server = ProcessHandle.of(Long.parseLong(Files.readAllLines(Path.of(cluster(), "postmaster.pid"))
                        .get(0)
                        .strip()))
                .orElseThrow();
        List<String> line = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(server.pid())));
        server.descendants().forEach(process -> line.add(String.valueOf(process.pid())));
        try {
            new ProcessBuilder(line).start().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return port;
    }

    /** Creates a database owned by the role {@code detak}. */
    public void create(String database) throws SQLException {
        execute("create database " + database + " owner detak");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), "detak", PASSWORD);
    }

    public Database database(String name) {
        return new Database(url(name), "detak", PASSWORD, null);
    }

    /** Configures a Detak to use one of the databases. */
    public PackagedDetak give(PackagedDetak detak, String database) {
        return giveAt(url(database), detak);
    }

    /** Configures a Detak with another JDBC URL. */
    public PackagedDetak giveAt(String url, PackagedDetak detak) {
        return detak.with("DETAK_DB_URL", url).with("DETAK_DB_USER", "detak").with("DETAK_DB_PASSWORD", PASSWORD);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private String cluster() {
        return folder.resolve("cluster").toString();
    }

    /**
     * PostgreSQL refuses to run as root. In its own user namespace, root has no privileges but still owns the files.
     */
    private void run(String program, String... arguments) throws IOException {
        List<String> line =
                new ArrayList<>("root".equals(System.getProperty("user.name")) ? List.of("unshare", "-U") : List.of());
        line.add(programs.resolve(program).toString());
        Stream.of(arguments).forEach(line::add);
        Path output = folder.resolve(program + ".out");
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError(line + " failed: " + Files.readString(output));
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

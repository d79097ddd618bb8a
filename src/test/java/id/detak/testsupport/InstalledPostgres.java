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

/** The PostgreSQL that the machine has of its own (Debian's, say), run in a folder of the test as somebody's external database. */
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
        postgres.startAgain();
        postgres.execute("create role detak login password '" + PASSWORD + "'");
        return postgres;
    }

    /** After a crash, on the same port. */
    public void startAgain() throws IOException {
        run("pg_ctl", "-D", cluster(), "-l", folder.resolve("log").toString(), "-w", "-o",
                "-c port=" + port + " -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off", "start");
    }

    /** A server that copies this one and can take its place. */
    public InstalledPostgres standby(Path other) throws IOException, SQLException {
        InstalledPostgres standby = new InstalledPostgres(programs, Files.createDirectories(other), PackagedDetak.freePort());
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", PASSWORD); Statement statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('standby', true)");
            copy(Path.of(cluster()), Path.of(standby.cluster()));
            try (ResultSet row = statement.executeQuery("select labelfile from pg_backup_stop()")) {
                row.next();
                Files.writeString(Path.of(standby.cluster(), "backup_label"), row.getString(1));
            }
        }
        Files.writeString(Path.of(standby.cluster(), "postgresql.auto.conf"),
                "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres password=''%s'''%n".formatted(port, PASSWORD));
        Files.createFile(Path.of(standby.cluster(), "standby.signal"));
        standby.startAgain();
        return standby;
    }

    public void promote() throws IOException {
        run("pg_ctl", "-D", cluster(), "-w", "promote");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths.filter(path -> !path.endsWith("postmaster.pid") && !path.endsWith("postmaster.opts"))::iterator) {
                Path copy = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.copy(path, copy);
                }
            }
        }
    }

    /** Ends what works for others, as an administrator may. */
    public void endBackends() throws SQLException {
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'detak'");
    }

    /** How many connections the role {@code detak} may have; -1: any number. */
    public void limitConnections(int most) throws SQLException {
        execute("alter role detak connection limit " + most);
    }

    /** STOP or CONT, to the server and all that belongs to it. */
    public void signal(String name) throws IOException {
        ProcessHandle server = ProcessHandle.of(Long.parseLong(Files.readAllLines(Path.of(cluster(), "postmaster.pid")).get(0).strip())).orElseThrow();
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
        return giveAt(url(database), detak);
    }

    /** The same, by another address of it. */
    public PackagedDetak giveAt(String url, PackagedDetak detak) {
        return detak.with("DETAK_DB_URL", url).with("DETAK_DB_USER", "detak").with("DETAK_DB_PASSWORD", PASSWORD);
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

package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Data folders, servers and processes of one test; all are removed afterwards. */
final class Testbed implements BeforeEachCallback, AfterEachCallback {

    /** Unpacked once for all tests. */
    static final Path BINARIES = Path.of("target", "postgres-binaries").toAbsolutePath();

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static Path template;

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Path folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("detak-postgres-").toRealPath();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        if (Files.isDirectory(data())) {
            PostmasterPid.read(data().resolve("postgres"))
                    .flatMap(PostmasterPid::process)
                    .filter(process -> Postmaster.serves(data().resolve("postgres"), process, 0, Optional.empty()))
                    .ifPresent(process -> {
                        process.destroyForcibly();
                        process.onExit()
                                .orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
                                .exceptionally(e -> null)
                                .join();
                    });
        }
        DurableFiles.deleteTree(folder);
    }

    /** An empty folder of the test, which contains its data folder. */
    Path folder() {
        return folder;
    }

    /** The data folder of the test's database. */
    Path data() {
        return folder.resolve("data");
    }

    /** A data folder with a stopped database, copied because initdb takes its time. */
    Path dataWithDatabase() throws IOException {
        copyTree(template(), data());
        return data();
    }

    EmbeddedPostgres open(Path data, Role role) {
        return track(EmbeddedPostgres.open(data, role, BINARIES));
    }

    DetakProcess.Handle start(Path data, Role role) throws IOException {
        return track(DetakProcess.start(data, role));
    }

    <T extends AutoCloseable> T track(T resource) {
        opened.push(resource);
        return resource;
    }

    static Connection connect(EmbeddedPostgres postgres) throws SQLException {
        return DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
    }

    static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection = connect(postgres);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    static ProcessHandle postmaster(Path data) throws IOException {
        return PostmasterPid.read(data.resolve("postgres"))
                .flatMap(PostmasterPid::process)
                .filter(Postmaster::isRunning)
                .orElseThrow();
    }

    static long postmasters(Path data) {
        String cluster = data.resolve("postgres").toString();
        return ProcessHandle.allProcesses()
                .filter(Postmaster::isRunning)
                .filter(process -> process.info()
                        .command()
                        .filter(name -> name.endsWith("/postgres"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .filter(arguments -> List.of(arguments).contains(cluster))
                        .isPresent())
                .count();
    }

    /** A server that has stopped removes its pid file before its process has ended. */
    static void awaitNoPostmaster(Path data) {
        await(() -> postmasters(data) == 0);
    }

    /** The limit is generous: it only ends a test that has failed. */
    static void await(BooleanSupplier condition) {
        Awaitility.await().atMost(LIMIT).until(condition::getAsBoolean);
    }

    /** Waits until the method has paused the thread that many times, or the thread has ended. */
    static void awaitPauses(Thread thread, Class<?> type, String method, int pauses) {
        AtomicLong first = new AtomicLong(-1);
        await(() -> !thread.isAlive() || pauses(thread, type, method, first) >= pauses);
    }

    /**
     * How often the thread has paused since the method was first seen to pause it; 0 where the method does not pause it
     * now.
     *
     * @param first holds that start for the next call; -1 at first
     */
    static long pauses(Thread thread, Class<?> type, String method, AtomicLong first) {
        boolean pausing = Arrays.stream(thread.getStackTrace())
                .filter(frame -> frame.getClassName().startsWith("id.detak.")
                        && !frame.getClassName().equals(Timeout.class.getName()))
                .findFirst()
                .filter(frame -> frame.getClassName().equals(type.getName())
                        && frame.getMethodName().equals(method))
                .isPresent();
        ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId());
        if (!pausing || info == null) {
            return 0;
        }
        first.compareAndSet(-1, info.getWaitedCount());
        return info.getWaitedCount() - first.get();
    }

    private static synchronized Path template() throws IOException {
        if (template == null) {
            Path made = Files.createTempDirectory("detak-postgres-template-").toRealPath();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    DurableFiles.deleteTree(made);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }));
            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(made, Role.SERVE, BINARIES)) {
                execute(postgres, "CREATE TABLE kept (value text)");
                execute(postgres, "INSERT INTO kept VALUES ('first')");
            } catch (SQLException e) {
                throw new IOException(e);
            }
            template = made;
        }
        return template;
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.copy(folder, to.resolve(from.relativize(folder)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

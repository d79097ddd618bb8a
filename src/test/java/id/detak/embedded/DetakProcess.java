package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Another Detak process: a JVM that opens the database of a folder, prints that, and closes it when its input ends. */
final class DetakProcess {

    /** Appended by the child itself, because this JVM's locale may not be able to name it. */
    static final String ODD_NAME = "data of Jos\u00e9 \u6570\u636e";

    /** Logged once by an owner that waits until its server has no clients. */
    static final String WAITS_FOR_USERS = "waits for users";

    private static final int PAUSES = 5;

    private DetakProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        if (arguments.length > 3) {
            data = data.resolve(ODD_NAME);
        }
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(data, Role.valueOf(arguments[1]), Path.of(arguments[2]))) {
            System.out.println((postgres.isOwner() ? "owner " : "guest ") + postgres.jdbcUrl() + " "
                    + Testbed.ask(postgres, "SELECT 'answered'"));
            while (System.in.read() >= 0) {}
            tellOfWaiting(Thread.currentThread());
        } catch (DatabaseUnavailableException | SQLException e) {
            System.out.println(e.getMessage());
        }
        System.out.println("closed");
    }

    private static void tellOfWaiting(Thread closing) {
        AtomicLong first = new AtomicLong(-1);
        Thread observer = new Thread(() -> {
            while (Testbed.pauses(closing, OwnedServer.class, "awaitUsers", first) < PAUSES) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            System.out.println(WAITS_FOR_USERS);
        });
        observer.setDaemon(true);
        observer.start();
    }

    static Handle start(Path data, Role role) throws IOException {
        return new Handle(process(data.toString(), role.name(), Testbed.BINARIES.toString())
                .start());
    }

    static Handle startInOddlyNamedFolder(Path parent, Role role) throws IOException {
        ProcessBuilder builder = process(parent.toString(), role.name(), Testbed.BINARIES.toString(), "odd");
        builder.environment().put("LC_ALL", "C.UTF-8");
        return new Handle(builder.start());
    }

    private static ProcessBuilder process(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DetakProcess.class.getName()));
        line.addAll(List.of(arguments));
        return new ProcessBuilder(line).redirectError(Redirect.DISCARD);
    }

    /** The other Detak process, seen from the test. */
    static final class Handle implements AutoCloseable {

        private final Process process;
        private final BufferedReader output;

        private Handle(Process process) {
            this.process = process;
            this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /** The next line of its output; "owner …" or "guest …" as soon as it has its database. */
        String says() {
            return CompletableFuture.supplyAsync(() -> {
                        try {
                            return output.readLine();
                        } catch (IOException e) {
                            return null;
                        }
                    })
                    .orTimeout(60, TimeUnit.SECONDS)
                    .join();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Makes it close its database, without waiting. */
        void letGo() throws IOException {
            process.getOutputStream().close();
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() throws Exception {
            process.getOutputStream().close();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }
}

package id.detak.testsupport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged program as a user starts it: {@code java -jar quarkus-run.jar …} with its own environment and data
 * folder. {@code target/it} keeps the output of each process, so that failures can be analysed.
 */
public final class PackagedDetak {

    private static final Path JAR = Path.of(System.getProperty("detak.it.jar", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath();
    private static final Path OUTPUT_FOLDER = Path.of("target", "it").toAbsolutePath();
    /** Written by the build. */
    private static final Path CLASS_ARCHIVE = JAR.resolveSibling("detak.jsa");

    private static final Duration COMMAND_LIMIT = Duration.ofMinutes(3);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The quick compiler and the class archive make a start three times as fast. */
    private static final List<String> FAST_START = Files.exists(CLASS_ARCHIVE)
            ? List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:SharedArchiveFile=" + CLASS_ARCHIVE)
            : List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Path data;
    private final Map<String, String> environment;
    private final List<String> jvmOptions;
    private final List<String> launcher;

    private PackagedDetak(Path data, Map<String, String> environment, List<String> jvmOptions, List<String> launcher) {
        this.launcher = launcher;
        this.data = data;
        this.environment = environment;
        this.jvmOptions = jvmOptions;
    }

    /** With a free HTTP port and without starter rules, and otherwise with the default settings. */
    public static PackagedDetak on(Path data) {
        return new PackagedDetak(data, Map.of(), FAST_START, List.of())
                .with("DETAK_DATA", data)
                .with("DETAK_STARTER_RULES", "none")
                .with("QUARKUS_HTTP_PORT", freePort());
    }

    /** Adds an environment variable. */
    public PackagedDetak with(String name, Object value) {
        Map<String, String> more = new LinkedHashMap<>(environment);
        more.put(name, value.toString());
        return new PackagedDetak(data, more, jvmOptions, launcher);
    }

    /** Uses the JVM's default options, which are slower at first and faster later. */
    public PackagedDetak forTheLongRun() {
        return new PackagedDetak(data, environment, List.of(), launcher);
    }

    /** Uses the options of the unit and the image. */
    public PackagedDetak asInstalled() {
        return new PackagedDetak(
                data,
                environment,
                List.of(
                        "-XX:SharedArchiveFile=" + CLASS_ARCHIVE,
                        "-XX:+UseSerialGC",
                        "-Xms48m",
                        "-Xmx384m",
                        "-XX:+ExitOnOutOfMemoryError"),
                launcher);
    }

    /** Limits the files that a process may have open. */
    public PackagedDetak withMaxOpenFiles(int files) {
        return new PackagedDetak(
                data, environment, jvmOptions, List.of("sh", "-c", "ulimit -n " + files + " && exec \"$0\" \"$@\""));
    }

    public Path data() {
        return data;
    }

    public int httpPort() {
        return Integer.parseInt(environment.get("QUARKUS_HTTP_PORT"));
    }

    /** The exit code and output of a command. */
    public record Finished(int exitCode, String output, String errors) {

        public List<String> outputLines() {
            return output.lines().toList();
        }

        public List<String> errorLines() {
            return errors.lines().toList();
        }
    }

    /** Runs a command to its end. */
    public Finished run(String... arguments) {
        return runWithInput("", arguments);
    }

    /** Runs a command to its end, with a longer time limit. */
    public Finished run(Duration limit, String... arguments) {
        try (RunningDetak running = start("", arguments)) {
            return running.awaitEnd(limit);
        }
    }

    /** Runs a command to its end, with a text as its standard input. */
    public Finished runWithInput(String input, String... arguments) {
        try (RunningDetak running = start(input, arguments)) {
            return running.awaitEnd(COMMAND_LIMIT);
        }
    }

    /** Starts a command and returns immediately. */
    public RunningDetak begin(String... arguments) {
        return start("", arguments);
    }

    /** Starts {@code serve} and returns as soon as it responds. */
    public RunningDetak serve() {
        RunningDetak running = start("", "serve");
        try {
            return running.awaitReady();
        } catch (RuntimeException | Error e) {
            running.close();
            throw e;
        }
    }

    private RunningDetak start(String input, String... arguments) {
        String name = "%d-%02d-%s"
                .formatted(
                        ProcessHandle.current().pid(),
                        NUMBER.incrementAndGet(),
                        arguments.length == 0 ? "" : arguments[0].replaceAll("[^a-z]", ""));
        try {
            Files.createDirectories(OUTPUT_FOLDER);
            Path in = Files.writeString(OUTPUT_FOLDER.resolve(name + ".in"), input, StandardCharsets.UTF_8);
            Path out = OUTPUT_FOLDER.resolve(name + ".out");
            Path err = OUTPUT_FOLDER.resolve(name + ".err");
            ProcessBuilder builder = new ProcessBuilder(line(arguments))
                    .directory(OUTPUT_FOLDER.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment()
                    .keySet()
                    .removeIf(variable -> variable.matches("(DETAK|QUARKUS|PG|JAVA_TOOL|JDK_JAVA).*"));
            builder.environment().putAll(environment);
            return new RunningDetak(builder.start(), this, out, err);
        } catch (IOException e) {
            throw new AssertionError("The packaged program does not start: " + JAR, e);
        }
    }

    private List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(launcher);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(jvmOptions);
        line.addAll(List.of("-jar", JAR.toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Paces chaos and simulated latency. Wait for a condition with Awaitility instead. */
    public static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

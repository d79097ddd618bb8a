package id.detak.testsupport;

import static org.awaitility.Awaitility.await;

import id.detak.testsupport.PackagedDetak.Finished;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A process of the packaged program. Closing it also ends the PostgreSQL that a killed process left on its data folder.
 */
public final class RunningDetak implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(120);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    private final Process process;
    private final PackagedDetak detak;
    private final Path out;
    private final Path err;

    RunningDetak(Process process, PackagedDetak detak, Path out, Path err) {
        this.process = process;
        this.detak = detak;
        this.out = out;
        this.err = err;
    }

    /** Waits until the API responds, even without quotes. */
    RunningDetak awaitReady() {
        try {
            await("the first answer").atMost(START_LIMIT).until(() -> !process.isAlive() || answers());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("It did not answer within " + START_LIMIT + ":\n" + output(), e);
        }
        if (!process.isAlive()) {
            throw new AssertionError("It ended before it answered:\n" + output());
        }
        return this;
    }

    private boolean answers() {
        try {
            int status = get("/api/v1/latest").statusCode();
            return status == 200 || status == 401; // if reading is closed
        } catch (IOException e) {
            return false;
        }
    }

    /** The response at a path, in English. */
    public HttpResponse<String> get(String path) throws IOException {
        return get(path, ANSWER_LIMIT);
    }

    /** The response at a path, for a process that may be suspended. */
    public HttpResponse<String> get(String path, Duration limit) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + detak.httpPort() + path))
                .header("Accept-Language", "en")
                .timeout(limit)
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    Finished awaitEnd(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("It did not end within " + limit + ":\n" + read(out) + read(err));
            }
            return new Finished(process.exitValue(), read(out), read(err));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public ProcessHandle process() {
        return process.toHandle();
    }

    /** The output so far. */
    public String output() {
        return read(out) + read(err);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Sends a signal such as STOP or CONT. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Kills the process with kill -9 and waits for its end. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Sends SIGTERM and waits for the end. */
    public Finished stop() {
        process.destroy();
        return awaitEnd(STOP_LIMIT);
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                stop();
            }
        } finally {
            if (process.isAlive()) {
                kill();
                new PostgresProcess(detak.data()).kill();
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

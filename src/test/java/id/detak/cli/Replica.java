package id.detak.cli;

import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** One of several processes on one database, which can be killed, suspended and restarted. */
final class Replica implements AutoCloseable {

    private static final Duration WHILE = Duration.ofSeconds(1);
    /** The process may be suspended before it responds. */
    private static final Duration READY_LIMIT = Duration.ofSeconds(10);

    private enum State {
        DOWN,
        UP,
        ASLEEP
    }

    private final PackagedDetak detak;
    private volatile RunningDetak running;
    private volatile State state = State.DOWN;
    private volatile Instant since = Instant.MIN;

    Replica(PackagedDetak detak) {
        this.detak = detak;
    }

    void start() {
        running = detak.serve();
        become(State.UP);
    }

    void kill() {
        become(State.DOWN);
        running.kill();
    }

    void sleep() {
        become(State.ASLEEP);
        running.signal("STOP");
    }

    void wake() {
        running.signal("CONT");
        become(State.UP);
    }

    private void become(State next) {
        since = Instant.now();
        state = next;
    }

    int port() {
        return detak.httpPort();
    }

    boolean isUp() {
        return state == State.UP;
    }

    /** Whether the process is idle, or has worked with the database for a while, and its spool is empty. */
    boolean isCalm() {
        try {
            return switch (state) {
                case ASLEEP -> true;
                case DOWN -> isSpoolEmpty();
                case UP ->
                    since.plus(WHILE).isBefore(Instant.now())
                            && running.get("/q/health/ready", READY_LIMIT).statusCode() == 200
                            && isSpoolEmpty();
            };
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    private boolean isSpoolEmpty() throws IOException {
        Path spool = detak.data().resolve("spool");
        if (!Files.exists(spool)) {
            return true;
        }
        try (Stream<Path> paths = Files.walk(spool)) {
            return paths.noneMatch(path -> path.toString().endsWith(".json.gz"));
        }
    }

    boolean isAlive() {
        return running.isAlive();
    }

    @Override
    public void close() {
        if (running != null) {
            running.signal("CONT");
            running.close();
        }
    }
}

package id.detak.cli;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Notifies systemd that the process is ready and alive (sd_notify), if it has asked for that. Java has no datagram
 * sockets of the family AF_UNIX, so systemd's own program sends the message.
 */
final class ServiceManager {

    private static final String PROGRAM = "systemd-notify";
    private static final long MAX_SECONDS = 10;

    private final String program;
    private final boolean listens;
    /** Time between two signs of life; zero if systemd waits for none. */
    private final Duration aliveEvery;

    private long lastAlive = Long.MIN_VALUE;
    private boolean reported;

    ServiceManager() {
        this(PROGRAM, System.getenv());
    }

    ServiceManager(String program, Map<String, String> environment) {
        this.program = program;
        this.listens = environment.containsKey("NOTIFY_SOCKET");
        this.aliveEvery = Duration.ofNanos(micros(environment.get("WATCHDOG_USEC")) * 1000 / 3);
    }

    private static long micros(String text) {
        return text != null && text.matches("\\d{1,15}") ? Long.parseLong(text) : 0;
    }

    void ready() {
        if (listens) {
            send("--ready");
        }
    }

    /** Call it often: it sends a sign of life three times in the time after which systemd ends the process. */
    void alive() {
        long now = System.nanoTime();
        if (listens
                && !aliveEvery.isZero()
                && (lastAlive == Long.MIN_VALUE || now - lastAlive >= aliveEvery.toNanos())) {
            lastAlive = now;
            send("WATCHDOG=1");
        }
    }

    private void send(String message) {
        try {
            Process process = new ProcessBuilder(program, message)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                report("does not end");
            } else if (process.exitValue() != 0) {
                report("ended with exit code " + process.exitValue());
            }
        } catch (IOException e) {
            report("cannot be run: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String problem) {
        if (!reported) {
            reported = true;
            Log.warnf(
                    "systemd does not learn that Detak runs: %s %s. The unit needs NotifyAccess=all.",
                    program, problem);
        }
    }
}

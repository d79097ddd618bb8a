package id.detak.cli;

import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds event loops that hang: while one does, its connections get no answer, and nothing else ends the process. Counts
 * rounds instead of time, so that a process that was paused is not taken for one that hangs.
 */
final class EventLoopWatchdog {

    /** A minute. */
    private static final int MAX_LATE_ROUNDS = 12;

    private static final long ROUND_MILLIS = 5_000;

    private final List<EventExecutor> eventLoops;
    private final long roundMillis;
    private final Runnable alive;
    private final Consumer<String> hung;
    private final Thread thread = new Thread(this::watch, "detak-event-loop-watchdog");

    /**
     * @param alive called each time when all event loops have answered
     * @param hung called once, with the stack traces of the event loops
     */
    EventLoopWatchdog(List<EventExecutor> eventLoops, Runnable alive, Consumer<String> hung) {
        this(eventLoops, ROUND_MILLIS, alive, hung);
    }

    EventLoopWatchdog(List<EventExecutor> eventLoops, long roundMillis, Runnable alive, Consumer<String> hung) {
        this.eventLoops = eventLoops;
        this.roundMillis = roundMillis;
        this.alive = alive;
        this.hung = hung;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void watch() {
        try {
            int late = 0;
            CountDownLatch answers = ask();
            while (late < MAX_LATE_ROUNDS) {
                if (answers.await(roundMillis, TimeUnit.MILLISECONDS)) {
                    late = 0;
                    alive.run();
                    Thread.sleep(roundMillis);
                    answers = ask();
                } else {
                    late++;
                }
            }
            hung.accept(stackTraces());
        } catch (InterruptedException | RejectedExecutionException e) {
            // the application stops
        }
    }

    /** The answers of all event loops. Those that are late still count: a slow process is not one that hangs. */
    private CountDownLatch ask() {
        CountDownLatch answers = new CountDownLatch(eventLoops.size());
        eventLoops.forEach(loop -> loop.execute(answers::countDown));
        return answers;
    }

    private String stackTraces() {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Thread, StackTraceElement[]> entry :
                Thread.getAllStackTraces().entrySet()) {
            if (eventLoops.stream().anyMatch(loop -> loop.inEventLoop(entry.getKey()))) {
                text.append(entry.getKey().getName()).append('\n');
                for (StackTraceElement frame : entry.getValue()) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
        }
        return text.toString();
    }
}

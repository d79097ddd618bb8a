package id.detak.cli;

import id.detak.testsupport.PackagedDetak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Watches a condition and remembers the periods during which it held. */
final class QuietPeriods implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration MAX_CHECK_TIME = Duration.ofSeconds(1);
    /** Work in progress has ended by then, even on a busy machine. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(8);

    private static final Duration BEFORE_TROUBLE = Duration.ofSeconds(1);

    private final BooleanSupplier calm;
    private final List<Span> spans = new ArrayList<>();
    private final Thread thread = new Thread(this::lookOn, "calm-spans");
    private volatile boolean stopped;

    QuietPeriods(BooleanSupplier calm) {
        this.calm = calm;
        thread.setDaemon(true);
        thread.start();
    }

    record Span(Instant from, Instant until) {

        boolean contains(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(until);
        }

        Duration length() {
            return Duration.between(from, until);
        }
    }

    private void lookOn() {
        Instant from = null;
        Instant until = null;
        while (!stopped) {
            Instant now = Instant.now();
            boolean isCalm = calm.getAsBoolean();
            if (from != null && (!isCalm || until.plus(MAX_CHECK_TIME).isBefore(now))) {
                add(from, until);
                from = null;
            }
            if (isCalm) {
                from = from == null ? now : from;
                until = now;
            }
            PackagedDetak.pause(EVERY);
        }
        if (from != null) {
            add(from, until);
        }
    }

    private void add(Instant from, Instant until) {
        if (from.plus(AFTER_TROUBLE).isBefore(until.minus(BEFORE_TROUBLE))) {
            spans.add(new Span(from.plus(AFTER_TROUBLE), until.minus(BEFORE_TROUBLE)));
        }
    }

    /** The periods; complete after {@link #close}. */
    List<Span> spans() {
        return List.copyOf(spans);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

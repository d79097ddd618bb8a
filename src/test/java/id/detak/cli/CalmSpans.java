package id.detak.cli;

import id.detak.testsupport.PackagedDetak;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Looks all the time whether something is calm, and remembers from when until when it was. */
final class CalmSpans implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);
    /** What was under way is over by then, on a busy machine too. */
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(8);
    private static final Duration BEFORE_TROUBLE = Duration.ofSeconds(1);

    private final BooleanSupplier calm;
    private final List<Span> spans = new ArrayList<>();
    private final Thread thread = new Thread(this::lookOn, "calm-spans");
    private volatile boolean stopped;

    CalmSpans(BooleanSupplier calm) {
        this.calm = calm;
        thread.setDaemon(true);
        thread.start();
    }

    record Span(Instant from, Instant until) {

        boolean holds(Instant instant) {
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
            if (from != null && (!isCalm || until.plus(LONGEST_LOOK).isBefore(now))) {
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

    /** Once it has been closed. */
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

package id.detak.platform.net;

import java.time.Duration;

/**
 * The deadline of a whole exchange with another machine, in monotonic time, since the injected clock may stand still or
 * jump.
 */
public final class Deadline {
    private final Duration whole;
    private final long end;

    private Deadline(Duration whole) {
        this.whole = whole;
        this.end = System.nanoTime() + whole.toNanos();
    }

    public static Deadline in(Duration whole) {
        return new Deadline(whole);
    }

    /** Nanoseconds left; zero or less after the deadline. */
    public long left() {
        return end - System.nanoTime();
    }

    /** The time limit as text: {@code 30 s}, {@code 250 ms}. */
    public String describe() {
        long millis = whole.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}

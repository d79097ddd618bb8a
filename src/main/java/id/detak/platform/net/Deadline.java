package id.detak.platform.net;

import java.time.Duration;

/** The end of one whole exchange with another machine. By the machine's steady time, not by the injected clock, which may stand or jump. */
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

    /** Nanoseconds left; zero or less when it has passed. */
    public long left() {
        return end - System.nanoTime();
    }

    /** The limit as a person reads it: {@code 30 s}, {@code 250 ms}. */
    public String describe() {
        long millis = whole.toMillis();
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}

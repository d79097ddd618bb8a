package id.detak.strip;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that parsing one page may take. A hostile page must not keep a worker. */
final class ParseBudget {

    private final LongSupplier nanos;
    private final long end;
    private final Duration time;

    /** @param nanos a clock that only measures durations */
    ParseBudget(LongSupplier nanos, Duration time) {
        this.nanos = nanos;
        this.time = time;
        this.end = nanos.getAsLong() + time.toNanos();
    }

    /** @throws ParseTimeoutException if the time is used up */
    void check() {
        if (nanos.getAsLong() - end > 0) {
            throw new ParseTimeoutException(time);
        }
    }

    /** Reads a text in parts, and checks the time before each. */
    Reader reader(String text) {
        return new Reader() {
            private final StringReader in = new StringReader(text);

            @Override
            public int read(char[] into, int offset, int length) throws IOException {
                check();
                return in.read(into, offset, length);
            }

            @Override
            public void close() {
                in.close();
            }
        };
    }
}

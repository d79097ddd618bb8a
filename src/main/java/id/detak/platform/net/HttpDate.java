package id.detak.platform.net;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;

/** Parses HTTP dates in the three formats of RFC 9110, 5.6.7. */
public final class HttpDate {

    /** Netty throws an exception for longer text. */
    private static final int LONGEST = 64;

    private HttpDate() {}

    /** Returns null if the text is not a date. */
    public static Instant parse(String text) {
        Date date = text.length() > LONGEST ? null : DateFormatter.parseHttpDate(text);
        return date == null ? null : date.toInstant();
    }
}

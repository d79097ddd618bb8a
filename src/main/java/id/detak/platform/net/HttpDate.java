package id.detak.platform.net;

import io.netty.handler.codec.DateFormatter;
import java.time.Instant;
import java.util.Date;

/** Parses HTTP dates in the three formats of RFC 9110, 5.6.7. */
public final class HttpDate {

    /** Netty refuses longer text with an exception. */
    private static final int LONGEST = 64;

    private HttpDate() {}

    /** Null if the text is no date. */
    public static Instant parse(String text) {
        Date date = text.length() > LONGEST ? null : DateFormatter.parseHttpDate(text);
        return date == null ? null : date.toInstant();
    }
}

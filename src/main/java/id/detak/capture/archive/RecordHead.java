package id.detak.capture.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** What a record says of itself: version line and fields, up to the empty line. */
final class RecordHead {

    /** What records begin with. */
    static final byte[] MAGIC = "WARC/1.".getBytes(StandardCharsets.US_ASCII);

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final long LINE_FEEDS = '\n' * ONES;
    private static final int MOST_DIGITS = 18;
    private static final int TRAILER = 4;

    private enum Field {
        TYPE("WARC-Type"), TARGET("WARC-Target-URI"), DATE("WARC-Date"), CONTENT_TYPE("Content-Type"), CONTENT_LENGTH("Content-Length");

        private static final Field[] ALL = values();

        private final byte[] lowerCase;

        Field(String name) {
            this.lowerCase = name.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        }

        /** Null where the name is none of these. */
        static Field of(byte[] bytes, int from, int to) {
            for (Field field : ALL) {
                if (field.lowerCase.length == to - from && field.isAt(bytes, from)) {
                    return field;
                }
            }
            return null;
        }

        private boolean isAt(byte[] bytes, int from) {
            for (int i = 0; i < lowerCase.length; i++) {
                byte b = bytes[from + i];
                if ((b >= 'A' && b <= 'Z' ? b + 32 : b) != lowerCase[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    private final String[] values = new String[Field.ALL.length];
    private int length;
    private long contentLength;

    private RecordHead() {
    }

    /**
     * Reads the head that begins at {@code from}; it was looked at already whether it begins as heads do.
     *
     * @return null where its end is not among the bytes
     */
    static RecordHead of(byte[] bytes, int from, int to) throws Unreadable {
        RecordHead head = new RecordHead();
        Field last = null;
        int line = endOfLine(bytes, from, to) + 1;
        while (line > 0) {
            int newline = endOfLine(bytes, line, to);
            if (newline < 0) {
                return null;
            }
            int end = newline > line && bytes[newline - 1] == '\r' ? newline - 1 : newline;
            if (end == line) {
                head.length = newline + 1 - from;
                head.contentLength = head.readContentLength();
                return head;
            }
            if (isBlank(bytes[line])) {
                head.fold(last, text(bytes, line, end));
            } else {
                last = head.field(bytes, line, end);
            }
            line = newline + 1;
        }
        return null;
    }

    private Field field(byte[] bytes, int from, int to) throws Unreadable {
        int colon = from;
        while (colon < to && bytes[colon] != ':') {
            colon++;
        }
        if (colon == to) {
            throw new Unreadable("The record's header has a line without a colon.");
        }
        int nameEnd = colon;
        while (nameEnd > from && isBlank(bytes[nameEnd - 1])) {
            nameEnd--;
        }
        Field field = Field.of(bytes, from, nameEnd);
        if (field == null) {
            return null;
        }
        if (values[field.ordinal()] != null) {
            throw new Unreadable("The record's header says twice what may be said once.");
        }
        values[field.ordinal()] = text(bytes, colon + 1, to);
        return field;
    }

    private void fold(Field field, String more) {
        if (field != null) {
            values[field.ordinal()] = (values[field.ordinal()] + ' ' + more).strip();
        }
    }

    private long readContentLength() throws Unreadable {
        String digits = value(Field.CONTENT_LENGTH);
        if (digits == null || digits.isEmpty() || digits.length() > MOST_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new Unreadable("The record does not say how long it is (Content-Length).");
        }
        return Long.parseLong(digits);
    }

    /** In bytes, with the empty line. */
    int length() {
        return length;
    }

    long contentLength() {
        return contentLength;
    }

    /** The whole record's, with the two empty lines at its end. */
    long recordLength() {
        return length + contentLength + TRAILER;
    }

    /** Whether it can hold a page of these hosts. */
    boolean isWanted(HostFilter hosts) {
        String target = value(Field.TARGET);
        return (isResponse() || isResource() || isConversion()) && target != null && hosts.matches(target);
    }

    boolean isResponse() {
        return "response".equalsIgnoreCase(value(Field.TYPE));
    }

    boolean isResource() {
        return "resource".equalsIgnoreCase(value(Field.TYPE));
    }

    boolean isConversion() {
        return "conversion".equalsIgnoreCase(value(Field.TYPE));
    }

    /** Null where there is none. */
    String target() {
        return value(Field.TARGET);
    }

    /** Null where there is none. */
    String contentType() {
        return value(Field.CONTENT_TYPE);
    }

    /** In whole microseconds, which is what the database keeps. */
    Instant date() throws Unreadable {
        String date = value(Field.DATE);
        if (date == null) {
            throw new Unreadable("The record does not say when it was got (WARC-Date).");
        }
        try {
            // a sign or a fifth digit of the year is no date of a capture
            if (date.indexOf('-') == 4) {
                return OffsetDateTime.parse(date).toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            // said below
        }
        throw new Unreadable("The record's WARC-Date cannot be read.");
    }

    private String value(Field field) {
        return values[field.ordinal()];
    }

    private static String text(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isBlank(bytes[start])) {
            start++;
        }
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** Most of what is looked at of an archive are the lines of heads, so eight bytes at a time. */
    private static int endOfLine(byte[] bytes, int from, int to) {
        int at = from;
        while (at <= to - Long.BYTES) {
            // the lowest byte of those that are marked is surely a line feed: a borrow goes only upwards
            long difference = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
            long marked = difference - ONES & ~difference & HIGHS;
            if (marked != 0) {
                return at + Long.numberOfTrailingZeros(marked) / Byte.SIZE;
            }
            at += Long.BYTES;
        }
        for (; at < to; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        return -1;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }
}

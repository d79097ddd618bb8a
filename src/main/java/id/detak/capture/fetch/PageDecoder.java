package id.detak.capture.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/**
 * Decodes a page to text. The charset comes from the byte order mark, else the Content-Type, else the page's meta
 * element. If none names it, it is UTF-8 if the bytes are, and otherwise windows-1252, which decodes anything. A page
 * that is declared as ISO-8859-1 or windows-1252, but is valid UTF-8, is UTF-8.
 */
public final class PageDecoder {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    private static final Pattern CHARSET =
            Pattern.compile("charset\\s*+=\\s*+[\"']?([^\\s;\"']+)", Pattern.CASE_INSENSITIVE);
    /** WHATWG scans 1024 bytes; real pages have their meta later, too. */
    private static final int META_WITHIN = 4096;

    private static final char REPLACEMENT = '\uFFFD';

    private PageDecoder() {}

    /** @param contentType the header's value, or null */
    public static String decode(byte[] body, String contentType) {
        if (startsWith(body, 0xFF, 0xFE)) {
            return lenient(body, 2, StandardCharsets.UTF_16LE);
        }
        if (startsWith(body, 0xFE, 0xFF)) {
            return lenient(body, 2, StandardCharsets.UTF_16BE);
        }
        boolean marked = startsWith(body, 0xEF, 0xBB, 0xBF);
        int start = marked ? 3 : 0;
        Optional<String> marker = marked ? utf8(body, start) : Optional.empty();
        return marker.or(() -> declared(body, start, ofContentType(contentType)))
                .or(() -> declared(body, start, asciiBased(ofMeta(body))))
                .or(() -> utf8(body, start))
                .orElseGet(() -> lenient(body, start, WINDOWS_1252));
    }

    private static String ofContentType(String contentType) {
        Matcher matcher = CHARSET.matcher(contentType == null ? "" : contentType);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** UTF-8 if the page names none, or one that Java does not know. */
    private static String ofMeta(byte[] body) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(body, 0, Math.min(body.length, META_WITHIN)), null, "")
                    .charset()
                    .name();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // arrays can be read
        }
    }

    /**
     * Decodes with a declared charset; empty if the label is unknown, or if it names UTF-8 and the bytes are not valid
     * UTF-8.
     */
    private static Optional<String> declared(byte[] body, int start, String label) {
        Charset charset = charset(label);
        if (charset == null) {
            return Optional.empty();
        }
        if (charset.equals(StandardCharsets.UTF_8)) {
            return utf8(body, start);
        }
        // text in windows-1252 is hardly ever valid UTF-8, but servers declare their default charset for any page
        Optional<String> mislabelled = charset.equals(WINDOWS_1252) ? utf8(body, start) : Optional.empty();
        return mislabelled.or(() -> Optional.of(lenient(body, start, charset)));
    }

    private static Charset charset(String label) {
        if (label == null) {
            return null;
        }
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8", "unicode-1-1-utf-8" -> StandardCharsets.UTF_8;
            // the WHATWG Encoding standard decodes Latin-1 and ASCII as windows-1252
            case "iso-8859-1",
                    "iso8859-1",
                    "iso_8859-1",
                    "iso88591",
                    "latin1",
                    "l1",
                    "ascii",
                    "us-ascii",
                    "cp1252",
                    "x-cp1252" -> WINDOWS_1252;
            case "utf-16" -> StandardCharsets.UTF_16LE;
            default -> known(label);
        };
    }

    private static Charset known(String label) {
        try {
            return Charset.forName(label);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** A meta element that can be read as ASCII cannot be in UTF-16 (WHATWG). */
    private static String asciiBased(String label) {
        return label != null && label.regionMatches(true, 0, "utf-16", 0, 6) ? "utf-8" : label;
    }

    /**
     * Empty if the bytes are not UTF-8. A character may be cut off at the end, because a page may end anywhere, and a
     * few bytes may be wrong, such as those of a quoted text: text in windows-1252 hardly ever has a character that is
     * valid in UTF-8.
     */
    private static Optional<String> utf8(byte[] body, int start) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body, start, body.length - start);
        CharBuffer out = CharBuffer.allocate(body.length - start);
        if (decoder.decode(in, out, false).isError()) {
            String text = lenient(body, start, StandardCharsets.UTF_8);
            long wrong = text.chars().filter(c -> c == REPLACEMENT).count();
            long valid = text.chars().filter(c -> c > 0x7F && c != REPLACEMENT).count();
            return valid > wrong ? Optional.of(text) : Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(in.hasRemaining() ? text + REPLACEMENT : text);
    }

    private static String lenient(byte[] body, int start, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(body, start, body.length - start))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("a replacing decoder reports no error", e);
        }
    }

    private static boolean startsWith(byte[] body, int... bytes) {
        if (body.length < bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((body[i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}

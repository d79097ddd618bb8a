package id.detak.capture.fetch;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Makes text of a page. The charset is what the byte order mark says, else the Content-Type, else the page's meta
 * element, else UTF-8 where the bytes are that, else windows-1252, which reads anything.
 */
public final class PageDecoder {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
    /** WHATWG looks at 1024 bytes; real pages have their meta later, too. */
    private static final int META_WITHIN = 4096;

    private PageDecoder() {
    }

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
        return marker
                .or(() -> declared(body, start, MetaCharset.ofContentType(contentType)))
                .or(() -> declared(body, start, asciiBased(MetaCharset.of(body, META_WITHIN))))
                .or(() -> utf8(body, start))
                .orElseGet(() -> lenient(body, start, WINDOWS_1252));
    }

    /** Empty where the label is unknown, or says UTF-8 and the bytes are not. */
    private static Optional<String> declared(byte[] body, int start, String label) {
        Charset charset = charset(label);
        if (charset == null) {
            return Optional.empty();
        }
        return charset.equals(StandardCharsets.UTF_8) ? utf8(body, start) : Optional.of(lenient(body, start, charset));
    }

    private static Charset charset(String label) {
        if (label == null) {
            return null;
        }
        return switch (label.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8", "unicode-1-1-utf-8" -> StandardCharsets.UTF_8;
            // as browsers read them (WHATWG Encoding): who writes latin1 means windows-1252
            case "iso-8859-1", "iso8859-1", "iso_8859-1", "iso88591", "latin1", "l1", "ascii", "us-ascii",
                    "cp1252", "x-cp1252" -> WINDOWS_1252;
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

    /** A meta element that could be read byte by byte cannot be in UTF-16. */
    private static String asciiBased(String label) {
        return label != null && label.regionMatches(true, 0, "utf-16", 0, 6) ? "utf-8" : label;
    }

    /** Strictly, but for a character that is cut off at the end: a page may break off anywhere. */
    private static Optional<String> utf8(byte[] body, int start) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(body, start, body.length - start);
        CharBuffer out = CharBuffer.allocate(body.length - start);
        CoderResult result = decoder.decode(in, out, false);
        if (result.isError()) {
            return Optional.empty();
        }
        String text = out.flip().toString();
        return Optional.of(in.hasRemaining() ? text + '\uFFFD' : text);
    }

    private static String lenient(byte[] body, int start, Charset charset) {
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPLACE)
                    .onUnmappableCharacter(CodingErrorAction.REPLACE)
                    .decode(ByteBuffer.wrap(body, start, body.length - start)).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalStateException("replacing decoders report nothing", e);
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

package id.detak.capture.archive;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Reads WARC-Target-URI: what crawlers write there is what pages had in their links. */
final class TargetUri {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private TargetUri() {
    }

    /** Empty where it is no address with a host. */
    static Optional<URI> of(String text) {
        String bare = bare(text);
        int authority = bare.indexOf("://") + 3;
        if (authority < 3) {
            return Optional.empty();
        }
        int path = authority;
        while (path < bare.length() && "/?#".indexOf(bare.charAt(path)) < 0) {
            path++;
        }
        // only what comes after the host is mended: what is wrong before it could be read in more than one way
        int end = path;
        return uri(bare).or(() -> uri(bare.substring(0, end) + escaped(bare.substring(end))));
    }

    /** An old wget put it in angle brackets, after a grammar of the standard that had them by mistake. */
    private static String bare(String text) {
        return text.startsWith("<") && text.endsWith(">") ? text.substring(1, text.length() - 1) : text;
    }

    private static Optional<URI> uri(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() == null ? Optional.empty() : Optional.of(uri);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        boolean fragment = false;
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            boolean legal = c > ' ' && c != 0x7f && "\"<>\\^`{|}[]".indexOf(c) < 0 && !(fragment && c == '#') && !(c == '%' && !isEscape(path, i));
            fragment |= c == '#';
            if (legal) {
                out.append(c);
            } else {
                for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
                    out.append('%').append(HEX.toHexDigits(b));
                }
            }
        }
        return out.toString();
    }

    private static boolean isEscape(String text, int percent) {
        return percent + 2 < text.length() && HexFormat.isHexDigit(text.charAt(percent + 1)) && HexFormat.isHexDigit(text.charAt(percent + 2));
    }
}

package id.detak.capture.fetch;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Resolves Location headers, and removes user info from URLs. */
final class Urls {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Urls() {}

    static boolean sameHost(URI a, URI b) {
        return a.getHost().equalsIgnoreCase(b.getHost());
    }

    /** The URL without user info, so that it can be shown although it was refused. */
    static URI withoutUserInfo(URI url) {
        String authority = url.getRawAuthority();
        if (authority == null || authority.indexOf('@') < 0) {
            return url;
        }
        String text = url.toString();
        int end = text.indexOf(authority) + authority.lastIndexOf('@') + 1;
        try {
            return new URI(text.substring(0, text.indexOf(authority)) + text.substring(end));
        } catch (URISyntaxException e) {
            return URI.create("about:invalid"); // nothing was left but the user info
        }
    }

    /**
     * Where a Location leads from {@code base}, without its fragment and without dot segments (so that robots.txt is
     * asked about the path that the server will see).
     *
     * @throws URISyntaxException where it is no reference at all
     */
    static URI resolve(URI base, String location) throws URISyntaxException {
        URI reference = new URI(escaped(location.strip()));
        if (reference.isOpaque()) {
            return reference;
        }
        URI target = reference.isAbsolute() ? reference : merge(base, reference);
        if (target.isOpaque() || target.getRawAuthority() == null) {
            return target;
        }
        String path = target.normalize().getRawPath();
        while (path.startsWith("/..") && (path.length() == 3 || path.charAt(3) == '/')) {
            path = path.substring(3); // above the root there is nothing
        }
        String query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
        return new URI(target.getScheme() + "://" + target.getRawAuthority() + (path.isEmpty() ? "/" : path) + query);
    }

    /** Resolves like {@link URI#resolve}, but by RFC 3986 where the JDK still follows RFC 2396. */
    private static URI merge(URI base, URI reference) throws URISyntaxException {
        String origin = base.getScheme() + "://" + base.getRawAuthority();
        String basePath = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        boolean queryAlone = reference.getRawPath().isEmpty() && reference.getRawAuthority() == null;
        if (queryAlone) {
            String query = reference.getRawQuery() == null ? base.getRawQuery() : reference.getRawQuery();
            return new URI(origin + basePath + (query == null ? "" : "?" + query));
        }
        return new URI(origin + basePath).resolve(reference);
    }

    /** Servers send spaces and raw UTF-8 (which the client gives as Latin-1): percent-encoded it can be read. */
    private static String escaped(String location) {
        StringBuilder out = new StringBuilder(location.length());
        for (byte b : location.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (b & 0xff);
            boolean legal = c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0;
            if (legal) {
                out.append(c);
            } else {
                out.append('%').append(HEX.toHexDigits(b));
            }
        }
        return out.toString();
    }
}

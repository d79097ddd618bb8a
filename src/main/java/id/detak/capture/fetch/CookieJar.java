package id.detak.capture.fetch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** The cookies of one fetch: a site may set one and redirect to the same page, which then answers. */
final class CookieJar {
    private static final int MAX_COOKIES = 50;
    private static final int LONGEST = 8 * 1024;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ORIGINAL_SERVER);

    void take(URI url, ResponseHead head) {
        List<String> set = head.headers().allValues("Set-Cookie").stream()
                .limit(MAX_COOKIES)
                .filter(CookieJar::isReadable)
                .toList();
        try {
            cookies.put(url, Map.of("Set-Cookie", set));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The manager would log others, with the server's text. */
    private static boolean isReadable(String header) {
        try {
            return !HttpCookie.parse(header).isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * The header {@code Cookie} of a request.
     *
     * @param own the configured header of the source, or null
     * @return null for none
     */
    String header(URI url, String own) {
        try {
            List<String> taken = cookies.get(url, Map.of()).getOrDefault("Cookie", List.of());
            String joined = String.join("; ", taken);
            if (joined.isEmpty() || joined.length() > LONGEST || !SourceHeaders.isSendable(joined)) {
                return own;
            }
            return own == null ? joined : own + "; " + joined;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

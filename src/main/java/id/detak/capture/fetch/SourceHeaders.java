package id.detak.capture.fetch;

import id.detak.platform.BadSettingException;
import id.detak.platform.net.WebUrls;
import java.net.URI;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The request headers of a source's own. Their values may be secret: no text contains them, and only the source's own
 * origin receives them, except for the {@code User-Agent}.
 */
public final class SourceHeaders {
    public static final SourceHeaders NONE = new SourceHeaders(Map.of());

    private static final String USER_AGENT = "User-Agent";
    private static final int LONGEST = 8 * 1024;
    private static final Set<String> OURS = Set.of(
            "accept-encoding",
            "connection",
            "content-length",
            "expect",
            "host",
            "if-modified-since",
            "if-none-match",
            "keep-alive",
            "proxy-authorization",
            "range",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final Map<String, String> headers;

    private SourceHeaders(Map<String, String> headers) {
        this.headers = Collections.unmodifiableMap(headers);
    }

    /**
     * Makes the headers of configured ones. A dot in a name stands for a hyphen, because the name of an environment
     * variable cannot contain one.
     *
     * @param setting what they are configured with, for messages
     * @throws BadSettingException if one cannot be sent; without its value
     */
    public static SourceHeaders of(String setting, Map<String, String> headers) {
        Map<String, String> named = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((configured, value) -> {
            String name = configured.replace('.', '-');
            if (!name.matches("[A-Za-z0-9!#$%&'*+^_`|~-]+")) {
                throw new BadSettingException(setting + ": the name of a header has only letters, digits and hyphens.");
            }
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new BadSettingException(setting + ": the header " + name + " is set by Detak.");
            }
            if (value.isBlank() || value.length() > LONGEST || !isSendable(value)) {
                throw new BadSettingException(
                        setting + ": the value of " + name + " must be one line of printable ASCII.");
            }
            named.put(name, value);
        });
        return new SourceHeaders(named);
    }

    /** The client throws on other values. */
    static boolean isSendable(String value) {
        return value.chars().allMatch(c -> c >= ' ' && c <= '~');
    }

    /** The headers for a page that a fetch of this source leads to. */
    Map<String, String> to(URI page, URI source) {
        return WebUrls.origin(page).equals(WebUrls.origin(source)) || isUpgrade(source, page) ? headers : everywhere();
    }

    /** From http to https of the same host, at the standard ports. */
    private static boolean isUpgrade(URI source, URI page) {
        return Urls.sameHost(source, page)
                && !WebUrls.isHttps(source)
                && WebUrls.isHttps(page)
                && (source.getPort() == -1 || source.getPort() == 80)
                && (page.getPort() == -1 || page.getPort() == 443);
    }

    /** The headers for any host, also for its robots.txt. */
    Map<String, String> everywhere() {
        String userAgent = headers.get(USER_AGENT);
        return userAgent == null ? Map.of() : Map.of(USER_AGENT, userAgent);
    }

    @Override
    public String toString() {
        return headers.keySet().toString();
    }
}

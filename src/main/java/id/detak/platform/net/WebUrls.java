package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Checks URLs that Detak requests, and shortens them for messages. */
public final class WebUrls {

    private WebUrls() {}

    /** Why the URL cannot be requested, as the end of a sentence; null if it can. */
    public static String objection(URI url) {
        if (!isHttps(url) && !"http".equalsIgnoreCase(url.getScheme())) {
            return "is neither http nor https";
        }
        // URI has no host if it is neither a name nor an address (0x7f.1, a@b@c, under_scores)
        if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
            return "has a user name or password in it";
        }
        if (url.getHost() == null) {
            return "has no usable host name";
        }
        return url.getPort() == 0 || url.getPort() > 65_535 ? "has a port that does not exist" : null;
    }

    /**
     * The URL of a setting.
     *
     * @param of what the URL must be the address of, as the end of a sentence
     * @throws BadSettingException if it cannot be requested; the message omits the URL, which may contain a password
     */
    public static URI configured(String setting, String text, String of) {
        try {
            URI url = new URI(text.strip());
            if (objection(url) == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // reported below
        }
        throw new BadSettingException(setting + " must be the http or https address of " + of + ".");
    }

    public static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** {@code https://www.kontan.co.id} or {@code http://localhost:8080}: a message must not show more of a URL. */
    public static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int standard = isHttps(url) ? 443 : 80;
        String port = url.getPort() == -1 || url.getPort() == standard ? "" : ":" + url.getPort();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
    }
}

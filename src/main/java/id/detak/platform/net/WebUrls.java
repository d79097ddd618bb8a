package id.detak.platform.net;

import id.detak.platform.BadSettingException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** Which URLs may be asked at all, and what a message may show of one. */
public final class WebUrls {

    private WebUrls() {
    }

    /** Why the URL cannot be asked, as the end of a sentence; null where it can. */
    public static String objection(URI url) {
        if (!isHttps(url) && !"http".equalsIgnoreCase(url.getScheme())) {
            return "is neither http nor https";
        }
        // URI gives no host for what it does not take for a name or an address (0x7f.1, a@b@c, under_scores)
        if (url.getRawAuthority() != null && url.getRawAuthority().indexOf('@') >= 0) {
            return "has a user name or password in it";
        }
        if (url.getHost() == null) {
            return "has no usable host name";
        }
        return url.getPort() == 0 || url.getPort() > 65_535 ? "has a port that does not exist" : null;
    }

    /**
     * What a setting names.
     *
     * @param of whose address it must be, as the end of a sentence
     * @throws BadSettingException where it cannot be asked; the text is not told, for it could hold a password
     */
    public static URI configured(String setting, String text, String of) {
        try {
            URI url = new URI(text.strip());
            if (objection(url) == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new BadSettingException(setting + " must be the http or https address of " + of + ".");
    }

    public static boolean isHttps(URI url) {
        return "https".equalsIgnoreCase(url.getScheme());
    }

    /** {@code https://www.kontan.co.id} or {@code http://localhost:8080}: also all that a message may show. */
    public static String origin(URI url) {
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        int standard = isHttps(url) ? 443 : 80;
        String port = url.getPort() == -1 || url.getPort() == standard ? "" : ":" + url.getPort();
        return scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port;
    }
}

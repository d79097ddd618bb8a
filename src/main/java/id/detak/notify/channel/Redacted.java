package id.detak.notify.channel;

import id.detak.platform.net.WebUrls;
import java.net.URI;

/** What anybody may see of where a channel leads: whoever knows the path of a hook may write to it. */
final class Redacted {

    private Redacted() {
    }

    static String url(URI url) {
        boolean more = url.getRawPath().length() > 1 || url.getRawQuery() != null;
        return WebUrls.origin(url) + (more ? "/…" : "");
    }

    static String mailAddress(String address) {
        int at = address.indexOf('@');
        return (at > 1 ? address.substring(0, 1) : "") + "…" + address.substring(at);
    }
}

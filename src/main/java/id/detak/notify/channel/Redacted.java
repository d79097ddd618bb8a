package id.detak.notify.channel;

import id.detak.platform.net.WebUrls;
import java.net.URI;

/** Removes the credentials of a destination: the path of a webhook, the name of a mailbox. */
final class Redacted {

    private Redacted() {}

    static String url(URI url) {
        boolean more = url.getRawPath().length() > 1 || url.getRawQuery() != null;
        return WebUrls.origin(url) + (more ? "/…" : "");
    }

    static String mailAddress(String address) {
        int at = address.indexOf('@');
        return (at > 1 ? address.substring(0, 1) : "") + "…" + address.substring(at);
    }
}

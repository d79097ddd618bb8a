package id.detak.notify.channel;

import java.net.URI;
import java.util.Map;

/** A POST request. */
record HttpRequest(URI url, Map<String, String> headers, byte[] body) {

    /** Redacted, because Telegram's URLs contain the token. */
    @Override
    public String toString() {
        return "POST " + Redacted.url(url);
    }
}

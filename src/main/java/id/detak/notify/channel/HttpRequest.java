package id.detak.notify.channel;

import java.net.URI;
import java.util.Map;

/** One POST. */
record HttpRequest(URI url, Map<String, String> headers, byte[] body) {

    /** An URL of Telegram's has the token in it. */
    @Override
    public String toString() {
        return "POST " + Redacted.url(url);
    }
}

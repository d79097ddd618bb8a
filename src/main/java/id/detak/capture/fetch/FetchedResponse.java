package id.detak.capture.fetch;

import java.net.URI;

/** A complete response, its body inflated. Only status 200 has a body; others are not read. */
record FetchedResponse(URI url, ResponseHead head, byte[] body) {
    int status() {
        return head.status();
    }
}

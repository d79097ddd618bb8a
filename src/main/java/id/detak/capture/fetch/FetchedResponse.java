package id.detak.capture.fetch;

import java.net.URI;

/** A whole answer, its body inflated. Only status 200 has a body: of others nobody reads it. */
record FetchedResponse(URI url, ResponseHead head, byte[] body) {
    int status() {
        return head.status();
    }
}

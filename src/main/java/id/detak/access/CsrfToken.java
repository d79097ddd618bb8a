package id.detak.access;

import id.detak.platform.Sha256;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A token that only Detak's own pages know: it is derived from the session cookie, which other sites cannot read. */
final class CsrfToken {

    static final String HEADER = "X-CSRF-Token";

    private CsrfToken() {}

    static String of(String cookie) {
        return Sha256.base64Url("csrf:" + cookie);
    }

    /** Compares in constant time. */
    static boolean isIn(HttpServerRequest request) {
        String cookie = SessionCookies.of(request);
        String given = request.getHeader(HEADER);
        return cookie != null
                && given != null
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8), of(cookie).getBytes(StandardCharsets.UTF_8));
    }
}

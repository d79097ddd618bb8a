package id.detak.access;

import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** What a page of ours can say and no other site can: it is drawn from the cookie, which others cannot read. */
final class CsrfToken {

    static final String HEADER = "X-CSRF-Token";

    private CsrfToken() {
    }

    static String of(String cookie) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(RandomTokens.hash("csrf:" + cookie));
    }

    /** Compares in constant time. */
    static boolean isIn(HttpServerRequest request) {
        String cookie = SessionCookies.of(request);
        String given = request.getHeader(HEADER);
        return cookie != null && given != null && MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), of(cookie).getBytes(StandardCharsets.UTF_8));
    }
}

package id.detak.page.shared;

import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;

/** Remembers a reader's choice, such as the language, in the browser. */
final class ChoiceCookie {

    private static final Duration LIFETIME = Duration.ofDays(365);

    private ChoiceCookie() {}

    static NewCookie of(String name, String chosen, UriInfo address) {
        return new NewCookie.Builder(name)
                .value(chosen)
                .path("/")
                .maxAge((int) LIFETIME.toSeconds())
                .sameSite(NewCookie.SameSite.LAX)
                .httpOnly(true)
                .secure(address.getRequestUri().getScheme().equals("https"))
                .build();
    }
}

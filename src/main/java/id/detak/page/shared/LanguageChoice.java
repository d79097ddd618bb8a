package id.detak.page.shared;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.time.Duration;
import java.util.Optional;

/**
 * A reader's choice of language goes before the browser's: {@code ?lang=id} holds for that page and, by a cookie, for those after
 * it. Pages are made as if the browser had asked for that language.
 */
@Provider
public class LanguageChoice implements ContainerRequestFilter {

    static final String PARAMETER = "lang";

    private static final String COOKIE = "detak-lang";
    private static final Duration KEPT = Duration.ofDays(365);

    @Override
    public void filter(ContainerRequestContext request) {
        String inAddress = inAddress(request.getUriInfo());
        Cookie cookie = request.getCookies().get(COOKIE);
        String chosen = Language.exists(inAddress) || cookie == null ? inAddress : cookie.getValue();
        if (Language.exists(chosen)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT_LANGUAGE, chosen);
        }
    }

    /** What a page that was asked for in a language brings, for those after it. */
    static Optional<NewCookie> toKeep(UriInfo address) {
        return Optional.ofNullable(inAddress(address)).filter(Language::exists).map(chosen -> new NewCookie.Builder(COOKIE).value(chosen).path("/").maxAge((int) KEPT.toSeconds())
                .sameSite(NewCookie.SameSite.LAX).httpOnly(true).secure(address.getRequestUri().getScheme().equals("https")).build());
    }

    private static String inAddress(UriInfo address) {
        return address.getQueryParameters().getFirst(PARAMETER);
    }
}

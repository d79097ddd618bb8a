package id.detak.page.shared;

import id.detak.platform.language.Language;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Applies the reader's chosen language. {@code ?lang=id} sets a cookie; both override the browser's
 * {@code Accept-Language}.
 */
@Provider
public class LanguageChoice implements ContainerRequestFilter {

    static final String PARAMETER = "lang";

    private static final String COOKIE = "detak-lang";

    @Override
    public void filter(ContainerRequestContext request) {
        String inAddress = inAddress(request.getUriInfo());
        Cookie cookie = request.getCookies().get(COOKIE);
        String chosen = exists(inAddress) || cookie == null ? inAddress : cookie.getValue();
        if (exists(chosen)) {
            request.getHeaders().putSingle(HttpHeaders.ACCEPT_LANGUAGE, chosen);
        }
    }

    /** @return the cookie to set for a request with a valid {@code lang} parameter */
    static Optional<NewCookie> cookieFor(UriInfo address) {
        return Optional.ofNullable(inAddress(address))
                .filter(LanguageChoice::exists)
                .map(chosen -> ChoiceCookie.of(COOKIE, chosen, address));
    }

    private static boolean exists(String tag) {
        return Language.find(tag).isPresent();
    }

    private static String inAddress(UriInfo address) {
        return address.getQueryParameters().getFirst(PARAMETER);
    }
}

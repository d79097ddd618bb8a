package id.detak.page.shared;

import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;

/** The reader's chosen theme. {@code ?theme=dark} sets a cookie; without one, the system decides. */
final class ThemeChoice {

    static final String PARAMETER = "theme";
    static final List<String> ALL = List.of("system", "light", "dark");

    private static final String SYSTEM = "system";
    private static final String COOKIE = "detak-theme";

    private ThemeChoice() {}

    /** @return empty if the system decides */
    static Optional<String> of(UriInfo address, HttpHeaders headers) {
        return inAddress(address)
                .or(() -> Optional.ofNullable(headers.getCookies().get(COOKIE)).map(Cookie::getValue))
                .filter(theme -> ALL.contains(theme) && !theme.equals(SYSTEM));
    }

    /** @return the cookie to set for a request with a valid {@code theme} parameter */
    static Optional<NewCookie> cookieFor(UriInfo address) {
        return inAddress(address).map(chosen -> ChoiceCookie.of(COOKIE, chosen, address));
    }

    private static Optional<String> inAddress(UriInfo address) {
        return Optional.ofNullable(address.getQueryParameters().getFirst(PARAMETER))
                .filter(ALL::contains);
    }
}

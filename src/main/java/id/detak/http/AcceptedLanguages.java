package id.detak.http;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Locale;

/** Reads {@code Accept-Language} for error responses, where a malformed header must not cause another error. */
public final class AcceptedLanguages {

    private AcceptedLanguages() {}

    /** @return empty if the header is malformed */
    public static List<Locale> of(ContainerRequestContext request) {
        try {
            return request.getAcceptableLanguages();
        } catch (RuntimeException e) {
            return List.of();
        }
    }
}

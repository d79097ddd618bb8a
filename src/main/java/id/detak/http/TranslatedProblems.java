package id.detak.http;

import id.detak.platform.language.Language;
import id.detak.platform.language.Sentences;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;

/**
 * Translates the detail of a problem for a client that prefers Indonesian, if there is a translation. Without
 * {@code Accept-Language}, problems are in English.
 */
@Provider
public class TranslatedProblems implements ContainerResponseFilter {

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(response.getEntity() instanceof HttpProblem problem) || problem.getDetail() == null) {
            return;
        }
        Language language = Language.preferred(AcceptedLanguages.of(request));
        String translated = Sentences.in(language, problem.getDetail());
        if (!translated.equals(problem.getDetail())) {
            response.setEntity(
                    HttpProblem.builder(problem).withDetail(translated).build());
            response.getHeaders().putSingle(HttpHeaders.CONTENT_LANGUAGE, language.tag());
            response.getHeaders().add(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE);
        }
    }
}

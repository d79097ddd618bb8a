package id.detak.page.shared;

import id.detak.http.AnswerLimit;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.http.ResponseBody;
import id.detak.series.DataState;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** Serves rendered pages from memory, so that many readers cost one rendering for each state of the data. */
@ApplicationScoped
class PageCache {

    private static final String HTML = MediaType.TEXT_HTML + ";charset=UTF-8";

    private final CacheableResponses responses;
    private final DataState data;

    PageCache(CacheableResponses responses, DataState data) {
        this.responses = responses;
        this.data = data;
    }

    /** @param variant what the page depends on besides its address and the data */
    Response respond(RoutingContext context, Visitor visitor, String variant, Supplier<String> html) {
        String stamp = data.now() + " " + variant + " " + context.request().uri();
        Map<String, String> headers = Map.of(
                HttpHeaders.CONTENT_LANGUAGE,
                visitor.lang(),
                HttpHeaders.VARY,
                CacheableResponses.VARY + ", " + PageRenderer.VARY);
        return responses.respond(
                context,
                new Representation(stamp, false, headers, variant),
                () -> false,
                AnswerLimit.SMALL,
                () -> new ResponseBody(HTML, html.get().getBytes(StandardCharsets.UTF_8)));
    }
}

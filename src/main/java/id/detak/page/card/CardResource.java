package id.detak.page.card;

import id.detak.access.Roles;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.overview.QuoteCards;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.Visitor;
import id.detak.platform.PlatformConfig;
import id.detak.platform.Problems;
import id.detak.platform.Sha256;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The latest quote of an indicator as an SVG image for other sites. The image also changes over time without new data
 * (a value becomes stale, a trading day begins), so its entity tag is a hash of its bytes, not a version.
 */
@RolesAllowed(Roles.READER)
@Path("/cards/{code}.svg")
@Produces(CardResource.SVG)
@Blocking
public class CardResource {

    static final String SVG = "image/svg+xml";
    /** Characters that XML 1.0 (section 2.2) does not allow. */
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\x{9}\\x{A}\\x{D}\\x{20}-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    private static final String REPLACEMENT = "\uFFFD";

    private final Indicators indicators;
    private final QuoteCards cards;
    private final boolean demo;

    CardResource(Indicators indicators, QuoteCards cards, PlatformConfig config) {
        this.indicators = indicators;
        this.cards = cards;
        this.demo = config.demo();
    }

    @CheckedTemplate(basePath = "")
    static class Templates {
        static native TemplateInstance card(String lang, String css, Card card);
    }

    @GET
    @Uncompressed
    @Operation(hidden = true)
    public Response card(
            @PathParam("code") String code,
            @QueryParam("theme") @DefaultValue("auto") String theme,
            @QueryParam("lang") String lang,
            @Context HttpHeaders headers) {
        CardTheme chosen =
                CardTheme.of(theme).orElseThrow(() -> Problems.badRequest("theme must be auto, light or dark."));
        Visitor visitor = visitor(lang, headers);
        Indicator indicator = indicators.get(code);
        QuoteCard quote = cards.of(indicator, visitor.formats())
                .orElseThrow(() -> Problems.notFound("There is no value of " + indicator.code() + " yet."));
        String svg = svg(quote, chosen, visitor);
        return new ImageResponse(headers, lang == null).of(Sha256.base64(svg), () -> Response.ok(svg, SVG)
                .header("Content-Security-Policy", chosen.contentSecurityPolicy())
                .header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang()));
    }

    static Visitor visitor(String lang, HttpHeaders headers) {
        return lang == null
                ? Visitor.of(headers)
                : Visitor.ofLanguage(lang).orElseThrow(() -> Problems.badRequest("lang must be id or en."));
    }

    private String svg(QuoteCard quote, CardTheme theme, Visitor visitor) {
        Card card = Card.of(quote, demo, visitor.messages(CardMessages.class), visitor.messages());
        return NOT_XML.matcher(Templates.card(visitor.lang(), theme.css(), card).render())
                .replaceAll(REPLACEMENT);
    }
}

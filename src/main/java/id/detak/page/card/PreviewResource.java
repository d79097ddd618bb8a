package id.detak.page.card;

import id.detak.access.Roles;
import id.detak.capture.SourceStates;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.overview.QuoteCards;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.Visitor;
import id.detak.platform.PlatformConfig;
import id.detak.platform.Problems;
import id.detak.platform.Sha256;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Pictures for link previews in chats and social networks, which do not accept SVG. Where the system has no fonts, they
 * lead to Detak's icon instead.
 */
@RolesAllowed(Roles.READER)
@Path("/cards")
@Produces(PreviewResource.PNG)
@Blocking
public class PreviewResource {

    static final String PNG = "image/png";
    private static final URI ICON = URI.create("/icon-512.png");
    private static final int ROWS = 8;
    private static final int ROWS_OF_A_KIND = 3;

    private final Indicators indicators;
    private final QuoteCards cards;
    private final SourceStates sources;
    private final boolean demo;

    PreviewResource(Indicators indicators, QuoteCards cards, SourceStates sources, PlatformConfig config) {
        this.indicators = indicators;
        this.cards = cards;
        this.sources = sources;
        this.demo = config.demo();
    }

    @GET
    @Path("/{code}.png")
    @Uncompressed
    @Operation(hidden = true)
    public Response indicator(
            @PathParam("code") String code, @QueryParam("lang") String lang, @Context HttpHeaders headers) {
        Visitor visitor = CardResource.visitor(lang, headers);
        Indicator indicator = indicators.get(code);
        QuoteCard quote = cards.of(indicator, visitor.formats())
                .orElseThrow(() -> Problems.notFound("There is no value of " + indicator.code() + " yet."));
        Card card = Card.of(quote, demo, visitor.messages(CardMessages.class), visitor.messages());
        return respond(lang, headers, visitor, picture -> picture.draw(card));
    }

    /** The first quotes of each kind. */
    @GET
    @Path("/overview.png")
    @Uncompressed
    @Operation(hidden = true)
    public Response overview(@QueryParam("lang") String lang, @Context HttpHeaders headers) {
        Visitor visitor = CardResource.visitor(lang, headers);
        List<Card> rows = firstOfEachKind(cards.all(visitor.formats(), sources.all())).stream()
                .map(quote -> Card.of(quote, demo, visitor.messages(CardMessages.class), visitor.messages()))
                .toList();
        return respond(
                lang,
                headers,
                visitor,
                picture -> picture.draw(rows, visitor.messages().tagline()));
    }

    private static List<QuoteCard> firstOfEachKind(List<QuoteCard> quotes) {
        Map<Object, Integer> counts = new HashMap<>();
        return quotes.stream()
                .filter(quote -> !quote.indicator().discovered())
                .sorted(Comparator.comparing(quote -> quote.indicator().kind()))
                .filter(quote -> counts.merge(quote.indicator().kind(), 1, Integer::sum) <= ROWS_OF_A_KIND)
                .limit(ROWS)
                .toList();
    }

    private static Response respond(
            String lang, HttpHeaders headers, Visitor visitor, Consumer<PreviewPicture> drawing) {
        byte[] png;
        try {
            png = PreviewPicture.png(drawing);
        } catch (RuntimeException | LinkageError | InternalError e) { // what the JDK throws without fonts
            Log.debug("No picture for link previews: install fontconfig and a font.", e);
            return Response.seeOther(ICON).build();
        }
        return new ImageResponse(headers, lang == null)
                .of(Sha256.hex(png), () -> Response.ok(png, PNG).header(HttpHeaders.CONTENT_LANGUAGE, visitor.lang()));
    }
}

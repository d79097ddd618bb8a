package id.detak.page.card;

import id.detak.access.Roles;
import id.detak.capture.SourceStates;
import id.detak.http.AnswerLimit;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.http.ResponseBody;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.overview.QuoteCards;
import id.detak.page.shared.PageRenderer;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.Visitor;
import id.detak.platform.PlatformConfig;
import id.detak.platform.Problems;
import id.detak.series.DataState;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.common.annotation.Blocking;
import io.vertx.ext.web.RoutingContext;
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
import java.util.function.Supplier;
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
    private final CacheableResponses responses;
    private final DataState data;
    private final boolean demo;

    PreviewResource(
            Indicators indicators,
            QuoteCards cards,
            SourceStates sources,
            CacheableResponses responses,
            DataState data,
            PlatformConfig config) {
        this.indicators = indicators;
        this.cards = cards;
        this.sources = sources;
        this.responses = responses;
        this.data = data;
        this.demo = config.demo();
    }

    @GET
    @Path("/{code}.png")
    @Uncompressed
    @Operation(hidden = true)
    public Response indicator(
            @PathParam("code") String code,
            @QueryParam("lang") String lang,
            @Context HttpHeaders headers,
            @Context RoutingContext context) {
        Visitor visitor = CardResource.visitor(lang, headers);
        Indicator indicator = indicators.get(code);
        return respond(context, visitor, () -> {
            QuoteCard quote = cards.of(indicator, visitor.formats())
                    .orElseThrow(() -> Problems.notFound("There is no value of " + indicator.code() + " yet."));
            Card card = card(quote, visitor);
            return picture -> picture.draw(card);
        });
    }

    /** The first quotes of each kind. */
    @GET
    @Path("/overview.png")
    @Uncompressed
    @Operation(hidden = true)
    public Response overview(
            @QueryParam("lang") String lang, @Context HttpHeaders headers, @Context RoutingContext context) {
        Visitor visitor = CardResource.visitor(lang, headers);
        return respond(context, visitor, () -> {
            List<Card> rows = firstOfEachKind(cards.all(visitor.formats(), sources.all())).stream()
                    .map(quote -> card(quote, visitor))
                    .toList();
            return picture -> picture.draw(rows, visitor.messages().tagline());
        });
    }

    private Card card(QuoteCard quote, Visitor visitor) {
        return Card.of(quote, demo, visitor.messages(CardMessages.class), visitor.messages());
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

    /**
     * Drawn once for each state of the data and minute, and one at a time: a picture takes memory and time, and
     * strangers may ask for many. Three may wait; more are refused.
     *
     * @param drawing reads the quotes, and returns what draws them
     */
    private Response respond(RoutingContext context, Visitor visitor, Supplier<Consumer<PreviewPicture>> drawing) {
        if (!PreviewPicture.hasFonts()) {
            drawing.get(); // 404 if there is nothing to draw
            return Response.seeOther(ICON).build();
        }
        String variant = visitor.lang();
        DataState.State state = data.now();
        String stamp = String.join(
                " ",
                String.valueOf(state.changes()),
                String.valueOf(state.versions()),
                String.valueOf(state.second() / 60),
                variant,
                context.request().uri());
        Map<String, String> headers = Map.of(
                HttpHeaders.CONTENT_LANGUAGE,
                visitor.lang(),
                HttpHeaders.VARY,
                CacheableResponses.VARY + ", " + PageRenderer.VARY);
        return responses.respond(
                context,
                new Representation(stamp, false, headers, variant),
                () -> false,
                AnswerLimit.LARGE,
                () -> new ResponseBody(PNG, PreviewPicture.png(drawing.get())));
    }
}

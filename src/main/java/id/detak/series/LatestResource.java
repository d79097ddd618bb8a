package id.detak.series;

import id.detak.access.Roles;
import id.detak.http.AnswerLimit;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.http.ResponseBody;
import io.quarkus.vertx.http.Uncompressed;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class LatestResource {

    private final IndicatorViews views;
    private final LatestJson json;
    private final DataState data;
    private final CacheableResponses responses;

    LatestResource(IndicatorViews views, LatestJson json, DataState data, CacheableResponses responses) {
        this.views = views;
        this.json = json;
        this.data = data;
        this.responses = responses;
    }

    /** @param lastGoodPollAt when a poll last found quotes, or null; shows whether polling works at all */
    @Schema(name = "LatestQuotes")
    public record Quotes(List<LatestQuotes.Item> items, OffsetDateTime lastGoodPollAt) {}

    @Schema(name = "Indicators")
    public record IndicatorList(List<IndicatorViews.Item> items) {}

    @GET
    @Path("/latest")
    @Uncompressed
    @Operation(summary = "The latest quote of all indicators")
    @APIResponse(
            responseCode = "200",
            description = "The quotes, with an ETag that changes only with them",
            content = @Content(schema = @Schema(implementation = Quotes.class)))
    @APIResponse(responseCode = "304", description = "Not modified (If-None-Match)")
    public Response latest(@Context RoutingContext context) {
        LatestJson.Body body = json.now();
        return responses.respond(
                context,
                new Representation("latest " + body.digest(), false),
                () -> data.isStill(body.state()),
                AnswerLimit.SMALL,
                () -> new ResponseBody(MediaType.APPLICATION_JSON, body.bytes()));
    }

    @GET
    @Path("/indicators")
    @Transactional
    @Operation(summary = "The indicators, each with its latest quote, including hidden ones")
    public IndicatorList indicators() {
        return new IndicatorList(views.all());
    }
}

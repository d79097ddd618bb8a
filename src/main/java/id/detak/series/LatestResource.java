package id.detak.series;

import id.detak.access.Roles;
import id.detak.capture.Captures;
import id.detak.platform.Wib;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class LatestResource {

    private final IndicatorViews views;
    private final LatestQuotes latest;
    private final Captures captures;

    LatestResource(IndicatorViews views, LatestQuotes latest, Captures captures) {
        this.views = views;
        this.latest = latest;
        this.captures = captures;
    }

    /** @param lastGoodPollAt when a poll last found quotes, or null; shows whether polling works at all */
    @Schema(name = "LatestQuotes")
    public record Quotes(List<LatestQuotes.Item> items, OffsetDateTime lastGoodPollAt) {}

    @Schema(name = "Indicators")
    public record IndicatorList(List<IndicatorViews.Item> items) {}

    @GET
    @Path("/latest")
    @Transactional
    @Operation(summary = "The latest quote of all indicators")
    public Quotes latest() {
        return new Quotes(latest.all(), Wib.local(captures.lastGoodPoll().orElse(null)));
    }

    @GET
    @Path("/indicators")
    @Transactional
    @Operation(summary = "The indicators, each with its latest quote, including hidden ones")
    public IndicatorList indicators() {
        return new IndicatorList(views.all());
    }
}

package id.detak.series.history;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Problems;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/indicators/{code}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class HistoryResource {

    private final Indicators indicators;
    private final History history;
    private final Clock clock;

    HistoryResource(Indicators indicators, History history, Clock clock) {
        this.indicators = indicators;
        this.history = history;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "What an indicator did over time",
            description = "Raw points or bars, as columns. Days, weeks and months go by trading day in Asia/Jakarta.")
    @APIResponse(responseCode = "200", description = "Columns of equal length", content = @Content(schema = @Schema(implementation = HistoryAnswer.class)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be read, from is after to, or there are too many points")
    @APIResponse(responseCode = "404", description = "No such indicator")
    public HistoryAnswer history(@BeanParam HistoryParameters parameters) {
        Indicator indicator = indicators.find(parameters.code).orElseThrow(
                () -> Problems.notFound("There is no such indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space."));
        return history.of(HistoryQuery.parse(indicator, parameters, clock.instant()));
    }
}

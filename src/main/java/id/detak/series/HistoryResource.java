package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Problems;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/api/v1/indicators/{code}/history")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class HistoryResource {

    static final int MOST_POINTS = 100_000;
    private static final int DEFAULT_POINTS = 1000;

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
    public HistoryAnswer history(
            @Parameter(description = "Code without slash and with a hyphen for each space", example = "LQ45") @PathParam("code") String code,
            @Parameter(description = "Date, instant with offset, or duration back from now; without it from the beginning", example = "P1Y") @QueryParam("from") String from,
            @Parameter(description = "The same; a date includes that day", example = "2026-11-25") @QueryParam("to") String to,
            @Parameter(description = "auto (the finest that fits maxPoints), raw, 1h, 1d, 1w or 1mo") @QueryParam("interval") String interval,
            @Parameter(description = "value, changePercent or returnIndex (funds)") @QueryParam("measure") String measure,
            @Parameter(description = "1 to 100,000; 1000 without it") @QueryParam("maxPoints") String maxPoints) {
        Indicator indicator = indicators.find(code).orElseThrow(
                () -> Problems.notFound("There is no such indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space."));
        return history.of(indicator, Measure.parse(measure, indicator), Interval.parse(interval), TimeRange.parse(from, to, clock.instant()), points(maxPoints));
    }

    private static int points(String text) {
        if (text == null) {
            return DEFAULT_POINTS;
        }
        try {
            int points = Integer.parseInt(text);
            if (points >= 1 && points <= MOST_POINTS) {
                return points;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Problems.badRequest("maxPoints is a whole number from 1 to " + MOST_POINTS + ".");
    }
}

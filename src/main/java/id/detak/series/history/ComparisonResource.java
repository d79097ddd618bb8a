package id.detak.series.history;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Problems;
import id.detak.platform.http.FinishedAnswers;
import id.detak.series.Interval;
import id.detak.series.Versions;
import io.quarkus.vertx.http.Uncompressed;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Several series at once: how far each has moved, and all on one scale. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class ComparisonResource {

    private static final int MOST_INDICATORS = 20;

    private final Indicators indicators;
    private final Changes changes;
    private final Comparison comparison;
    private final HistoryWriter writer;
    private final Versions versions;
    private final Calendars calendars;
    private final FinishedAnswers answers;
    private final Clock clock;

    ComparisonResource(Indicators indicators, Changes changes, Comparison comparison, HistoryWriter writer, Versions versions, Calendars calendars,
            FinishedAnswers answers, Clock clock) {
        this.writer = writer;
        this.versions = versions;
        this.calendars = calendars;
        this.answers = answers;
        this.indicators = indicators;
        this.changes = changes;
        this.comparison = comparison;
        this.clock = clock;
    }

    @Schema(name = "Changes")
    public record ChangesAnswer(List<Changes.Item> items) {
    }

    @GET
    @Uncompressed
    @Path("/changes")
    @Operation(summary = "How far each indicator is from where it was",
            description = "From the close of the last trading day at or before the latest one less the window; null where history does not reach. "
                    + "Distance from the 52-week high and low, and the worst drawdown.")
    @APIResponse(responseCode = "200", description = "Percents have four decimals", content = @Content(schema = @Schema(implementation = ChangesAnswer.class)))
    public Response changes(@Context RoutingContext request) {
        long version = versions.ofAll();
        String calendar = calendars.version();
        return answers.answer(request, "changes " + version + " " + calendar, false, () -> versions.areAllStill(version) && calendars.version().equals(calendar),
                () -> writer.json(new ChangesAnswer(changes.all())));
    }

    @GET
    @Uncompressed
    @Path("/compare")
    @Operation(summary = "Several indicators rebased to 100 on their first common trading day")
    @APIResponse(responseCode = "200", description = "Columns as long as t", content = @Content(schema = @Schema(implementation = Comparison.Answer.class)))
    @APIResponse(responseCode = "400", description = "A parameter cannot be read, or there are too many points")
    @APIResponse(responseCode = "404", description = "One of the indicators does not exist")
    public Response compare(@Context RoutingContext request,
            @Parameter(required = true, description = "Codes as they stand in addresses, separated by commas; at most 20", example = "LQ45,EMAS") @QueryParam("codes") String codes,
            @Parameter(description = "Date, instant with offset, or duration back from now; without it from the beginning", example = "P1Y") @QueryParam("from") String from,
            @Parameter(description = "The same; a date includes that day") @QueryParam("to") String to,
            @Parameter(description = "auto (the finest that fits maxPoints), 1d, 1w or 1mo") @QueryParam("interval") String interval,
            @Parameter(description = "1 to 100,000; 1000 without it") @QueryParam("maxPoints") String maxPoints) {
        List<Interval> intervals = HistoryQuery.intervals(interval).stream().filter(Interval::isByTradingDay).toList();
        if (intervals.isEmpty()) {
            throw Problems.badRequest("Indicators are compared by trading day: interval is one of auto, 1d, 1w, 1mo.");
        }
        List<Indicator> chosen = chosen(codes);
        Instant now = clock.instant();
        TimeRange range = TimeRange.parse(from, to, now);
        int points = HistoryQuery.points(maxPoints);
        long version = versions.ofAll();
        String calendar = calendars.version();
        String stamp = String.join(" ", "compare", String.valueOf(version), calendar, chosen.stream().map(Indicator::code).toList().toString(),
                intervals.toString(), range.toString(), String.valueOf(points));
        return answers.answer(request, stamp, false,
                () -> versions.areAllStill(version) && calendars.version().equals(calendar) && range.isSame(now, clock.instant()),
                () -> writer.json(comparison.of(chosen, intervals, range, points)));
    }

    private List<Indicator> chosen(String codes) {
        List<String> names = codes == null ? List.of() : Arrays.stream(codes.split(",")).map(String::strip).filter(code -> !code.isEmpty()).distinct().toList();
        if (names.isEmpty() || names.size() > MOST_INDICATORS) {
            throw Problems.badRequest("codes names the indicators to compare, separated by commas, at most " + MOST_INDICATORS + ": codes=LQ45,EMAS.");
        }
        return names.stream().map(code -> indicators.find(code).orElseThrow(
                () -> Problems.notFound("One of the codes is no indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space.")))
                .distinct().toList();
    }
}

package id.detak.series.history;

import id.detak.access.Roles;
import id.detak.http.AnswerLimit;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Problems;
import id.detak.series.Interval;
import id.detak.series.SeriesVersions;
import io.quarkus.vertx.http.Uncompressed;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes and comparisons of several series. */
@RolesAllowed(Roles.READER)
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class ComparisonResource {

    private static final int MAX_INDICATORS = 20;
    /** Trading days of twenty years, which are read whatever is requested. */
    private static final int POINTS_OF_AN_INDICATOR = 5000;

    private final Indicators indicators;
    private final CachedChanges changes;
    private final Comparison comparison;
    private final HistoryWriter writer;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final CacheableResponses answers;
    private final Clock clock;

    ComparisonResource(
            Indicators indicators,
            CachedChanges changes,
            Comparison comparison,
            HistoryWriter writer,
            SeriesVersions versions,
            Calendars calendars,
            CacheableResponses answers,
            Clock clock) {
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
    public record ChangesAnswer(List<Changes.Item> items) {}

    @GET
    @Uncompressed
    @Path("/changes")
    @Operation(
            summary = "Changes of each indicator over several windows",
            description =
                    "From the close of the last trading day at or before the latest one minus the window. Null, with the reason in missing, if the history is too short, or if that close is too old: "
                            + "for 1d older than the previous trading day, for 1w by more than three trading days, for longer windows by more than a week. "
                            + "Distance from the 52-week high and low, and the worst drawdown.")
    @APIResponse(
            responseCode = "200",
            description = "Percents have four decimals",
            content = @Content(schema = @Schema(implementation = ChangesAnswer.class)))
    public Response changes(@Context RoutingContext request) {
        long version = versions.ofAll();
        String calendar = calendars.version();
        return answers.respond(
                request,
                new Representation("changes " + version + " " + calendar, false),
                () -> versions.areAllStill(version) && calendars.version().equals(calendar),
                AnswerLimit.SMALL,
                () -> writer.json(new ChangesAnswer(changes.of(version, calendar))));
    }

    @GET
    @Uncompressed
    @Path("/compare")
    @Operation(summary = "Several indicators rebased to 100 on their first common trading day")
    @APIResponse(
            responseCode = "200",
            description = "Columns of the same length as t",
            content = @Content(schema = @Schema(implementation = Comparison.Answer.class)))
    @APIResponse(responseCode = "400", description = "A parameter is invalid, or there are too many points")
    @APIResponse(responseCode = "404", description = "One of the indicators does not exist")
    public Response compare(@BeanParam ComparisonParameters parameters, @Context RoutingContext request) {
        return compare(parameters, false, request);
    }

    @GET
    @Uncompressed
    @Path("/compare.csv")
    @Produces(HistoryWriter.CSV)
    @Operation(summary = "The comparison as CSV, one column for each indicator")
    @APIResponse(
            responseCode = "200",
            description = "Rows",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "400", description = "A parameter is invalid, or there are too many points")
    @APIResponse(responseCode = "404", description = "One of the indicators does not exist")
    public Response csv(@BeanParam ComparisonParameters parameters, @Context RoutingContext request) {
        return compare(parameters, true, request);
    }

    private Response compare(ComparisonParameters parameters, boolean csv, RoutingContext request) {
        List<Interval> intervals = HistoryQuery.intervals(parameters.interval).stream()
                .filter(Interval::isByTradingDay)
                .toList();
        if (intervals.isEmpty()) {
            throw Problems.badRequest(
                    "Indicators are compared by trading day: interval must be auto, 1d, 1w, 1mo, 1q or 1y.");
        }
        List<Indicator> chosen = chosen(parameters.codes);
        Instant now = clock.instant();
        TimeRange range = TimeRange.parse(parameters.from, parameters.to, now);
        int points = HistoryQuery.points(parameters.maxPoints);
        long version = versions.ofAll();
        String calendar = calendars.version();
        String stamp = String.join(
                " ",
                "compare",
                csv ? "csv" : "json",
                String.valueOf(version),
                calendar,
                chosen.stream().map(Indicator::code).toList().toString(),
                intervals.toString(),
                range.toString(),
                String.valueOf(points));
        return answers.respond(
                request,
                new Representation(stamp, false),
                () -> versions.areAllStill(version)
                        && calendars.version().equals(calendar)
                        && range.isSame(now, clock.instant()),
                chosen.size() * POINTS_OF_AN_INDICATOR,
                () -> csv
                        ? writer.csv(comparison.of(chosen, intervals, range, points))
                        : writer.json(comparison.of(chosen, intervals, range, points)));
    }

    private List<Indicator> chosen(String codes) {
        List<String> names = codes == null
                ? List.of()
                : Arrays.stream(codes.split(","))
                        .map(String::strip)
                        .filter(code -> !code.isEmpty())
                        .distinct()
                        .toList();
        if (names.isEmpty() || names.size() > MAX_INDICATORS) {
            throw Problems.badRequest("codes names the indicators to compare, separated by commas, at most "
                    + MAX_INDICATORS + ": codes=LQ45,EMAS.");
        }
        return names.stream()
                .map(
                        code -> indicators
                                .find(code)
                                .orElseThrow(
                                        () -> Problems.notFound(
                                                "One of the codes is not an indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space.")))
                .distinct()
                .toList();
    }
}

package id.detak.series.history;

import id.detak.access.Roles;
import id.detak.http.CacheableResponses;
import id.detak.http.Representation;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
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
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/indicators/{code}")
@Tag(name = "series")
public class HistoryResource {

    /** CSV has no field for it. */
    private static final String PRUNED_BEFORE = "Detak-Pruned-Before";

    private final Indicators indicators;
    private final History history;
    private final HistoryWriter writer;
    private final SeriesVersions versions;
    private final Calendars calendars;
    private final CacheableResponses answers;
    private final Clock clock;

    HistoryResource(
            Indicators indicators,
            History history,
            HistoryWriter writer,
            SeriesVersions versions,
            Calendars calendars,
            CacheableResponses answers,
            Clock clock) {
        this.indicators = indicators;
        this.history = history;
        this.writer = writer;
        this.versions = versions;
        this.calendars = calendars;
        this.answers = answers;
        this.clock = clock;
    }

    @GET
    @Path("/history")
    @Uncompressed
    @Produces({MediaType.APPLICATION_JSON, HistoryWriter.CSV})
    @Operation(
            summary = "History of an indicator",
            description =
                    "Raw points or bars, as columns, or as rows of CSV. Days, weeks and months consist of trading days in Asia/Jakarta.")
    @APIResponse(
            responseCode = "200",
            description = "Columns of equal length; raw rows of CSV have the format of an import",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = HistoryResponse.class)),
                @Content(mediaType = HistoryWriter.CSV, schema = @Schema(type = SchemaType.STRING))
            })
    @APIResponse(responseCode = "304", description = "Not modified (If-None-Match)")
    @APIResponse(
            responseCode = "400",
            description = "A parameter is invalid, from is after to, or there are too many points")
    public Response history(
            @BeanParam HistoryParameters parameters, @Context RoutingContext request, @Context HttpHeaders headers) {
        return answer(parameters, prefersCsv(headers), request);
    }

    /** An Accept header that is empty or that RESTEasy cannot parse states no preference. */
    private static boolean prefersCsv(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes().stream()
                    .filter(type -> type.isCompatible(HistoryWriter.CSV_TYPE)
                            || type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                    .findFirst()
                    .filter(type -> !type.isCompatible(MediaType.APPLICATION_JSON_TYPE))
                    .isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @GET
    @Path("/history.csv")
    @Uncompressed
    @Produces(HistoryWriter.CSV)
    @Operation(summary = "The history as CSV, regardless of the Accept header")
    @APIResponse(
            responseCode = "200",
            description =
                    "Rows. The header Detak-Pruned-Before names the day before which only bars are kept, if the range starts earlier",
            content = @Content(schema = @Schema(type = SchemaType.STRING)))
    @APIResponse(responseCode = "304", description = "Not modified (If-None-Match)")
    @APIResponse(
            responseCode = "400",
            description = "A parameter is invalid, from is after to, or there are too many points")
    public Response csv(@BeanParam HistoryParameters parameters, @Context RoutingContext request) {
        return answer(parameters, true, request);
    }

    private Response answer(HistoryParameters parameters, boolean csv, RoutingContext request) {
        Indicator indicator = indicators.get(parameters.code);
        Instant now = clock.instant();
        int id = indicator.id();
        long version = versions.of(id);
        HistoryQuery requested = HistoryQuery.parse(indicator, parameters, now);
        HistoryQuery query =
                versions.prunedBefore(id).map(requested::withPruned).orElse(requested);
        String calendar = calendars.version();
        String stamp =
                String.join(" ", "history", csv ? "csv" : "json", String.valueOf(version), calendar, query.stamp());
        Map<String, String> headers = csv && query.prunedBefore() != null
                ? Map.of(PRUNED_BEFORE, query.prunedBefore().toString())
                : Map.of();
        Representation representation = new Representation(stamp, isClosed(query, now), headers);
        if (csv && query.isWholeRaw()) {
            return answers.stream(
                    request, representation, HistoryWriter.CSV_CONTENT, out -> writer.writeRaw(query, out));
        }
        TimeRange range = query.range();
        return answers.respond(
                request,
                representation,
                () -> versions.isStill(id, version)
                        && calendars.version().equals(calendar)
                        && range.isSame(now, clock.instant()),
                query.maxPoints(),
                () -> csv ? writer.csv(query, history.of(query)) : writer.json(history.of(query)));
    }

    /**
     * Whether the range is final: it, and its weeks and months, end before the previous trading day, whose close the
     * next capture can still change.
     */
    private boolean isClosed(HistoryQuery query, Instant now) {
        TradingCalendar calendar = calendars.of(query.indicator().kind());
        TimeRange range = query.range();
        if (range.relative() || range.to() == null) {
            return false;
        }
        LocalDate lastDay = range.lastDay();
        LocalDate last = query.intervals().stream()
                .filter(Interval::isByTradingDay)
                .map(interval -> interval.lastDay(lastDay))
                .max(Comparator.naturalOrder())
                .orElse(lastDay);
        return last.isBefore(calendar.previousTradingDay(calendar.tradingDayAt(now)));
    }
}

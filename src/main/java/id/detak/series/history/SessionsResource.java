package id.detak.series.history;

import id.detak.access.Roles;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.indicator.TradingCalendar.OpenHours;
import id.detak.platform.Parameters;
import id.detak.platform.Problems;
import id.detak.platform.Wib;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@RolesAllowed(Roles.READER)
@Path("/api/v1/indicators/{code}/sessions")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "series")
public class SessionsResource {

    private static final int MAX_DAYS = 400;
    /** About as many trading days as there are in {@link #MAX_DAYS} calendar days. */
    private static final int MAX_TRADING_DAYS = 250;

    private final Indicators indicators;
    private final Calendars calendars;
    private final Clock clock;

    SessionsResource(Indicators indicators, Calendars calendars, Clock clock) {
        this.indicators = indicators;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * Columns of equal length, one entry for each session, in the order of time.
     *
     * @param day the trading day
     * @param open epoch milliseconds
     * @param close epoch milliseconds
     */
    @Schema(name = "Sessions")
    public record Answer(String code, String timezone, List<LocalDate> day, List<Long> open, List<Long> close) {}

    @GET
    @Operation(
            summary = "Market hours of an indicator, from the trading calendar",
            description = "For a range of days, or for the last trading days")
    @APIResponse(
            responseCode = "200",
            description = "Columns of equal length",
            content = @Content(schema = @Schema(implementation = Answer.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is invalid, or there are more than 400 days, or 250 trading days")
    public Answer sessions(
            @PathParam("code") String code,
            @Parameter(description = "Date, instant with offset, or duration back from now") @QueryParam("from")
                    String from,
            @Parameter(description = "Like from; default: now") @QueryParam("to") String to,
            @Parameter(description = "Instead of from: the number of trading days up to to; default 1", example = "5")
                    @QueryParam("days")
                    String days) {
        Indicator indicator = indicators.get(code);
        TradingCalendar calendar = calendars.of(indicator.kind());
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        LocalDate last = range.lastDay() == null ? calendar.tradingDayAt(clock.instant()) : range.lastDay();
        LocalDate first = range.firstDay() == null
                ? firstOf(calendar, last, days == null ? 1 : Parameters.wholeNumber("days", days, MAX_TRADING_DAYS))
                : range.firstDay();
        if (ChronoUnit.DAYS.between(first, last) >= MAX_DAYS) {
            throw Problems.badRequest("More than " + MAX_DAYS + " days: narrow from and to.");
        }
        List<OpenHours> sessions = first.isAfter(last) ? List.of() : calendar.openHours(first, last);
        return new Answer(
                indicator.code(),
                Wib.ZONE.getId(),
                sessions.stream().map(OpenHours::day).toList(),
                sessions.stream().map(session -> session.open().toEpochMilli()).toList(),
                sessions.stream().map(session -> session.close().toEpochMilli()).toList());
    }

    private static LocalDate firstOf(TradingCalendar calendar, LocalDate last, int days) {
        LocalDate first = calendar.isTradingDay(last) ? last : calendar.previousTradingDay(last);
        for (int i = 1; i < days; i++) {
            first = calendar.previousTradingDay(first);
        }
        return first;
    }
}

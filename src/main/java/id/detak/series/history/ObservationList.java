package id.detak.series.history;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.Observations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The observations of a stretch of time, each with the capture that it came from. An end given as a date is that trading day. */
@ApplicationScoped
public class ObservationList {

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final Observations observations;
    private final Calendars calendars;
    private final Clock clock;

    ObservationList(Observations observations, Calendars calendars, Clock clock) {
        this.observations = observations;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * @param quality {@code ok}, {@code unchecked}, {@code suspect} or {@code implied}
     * @param reason why it is suspect, or null
     * @param captureId null where it came from a file
     */
    @Schema(name = "Observation")
    public record Item(OffsetDateTime observedAt, LocalDate tradingDay, BigDecimal value, BigDecimal change, BigDecimal changePercent, BigDecimal previousClose,
            @Schema(example = "ok") String quality, String reason, UUID captureId) {
    }

    /**
     * @param from date, instant or duration back from now; null: from the beginning
     * @return the newest first, at most so many
     * @throws io.quarkiverse.resteasy.problem.HttpProblem 400, where an end cannot be read or they stand the wrong way round
     */
    @Transactional
    public List<Item> of(Indicator indicator, String from, String to, int most) {
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        TradingCalendar calendar = calendars.of(indicator.kind());
        return observations.between(indicator.id(), begin(range, calendar), end(range, calendar), most).stream().map(ObservationList::item).toList();
    }

    private static Instant begin(TimeRange range, TradingCalendar calendar) {
        if (range.fromDay() != null) {
            LocalDate day = range.fromDay();
            return calendar.turnOf(calendar.isTradingDay(day) ? day : calendar.nextTradingDay(day));
        }
        return range.from() == null ? BEGINNING : range.from();
    }

    private static Instant end(TimeRange range, TradingCalendar calendar) {
        if (range.toDay() != null) {
            return calendar.turnOf(calendar.nextTradingDay(range.toDay())).minus(1, ChronoUnit.MICROS);
        }
        return range.to() == null ? END : range.to();
    }

    private static Item item(Observation o) {
        return new Item(TradingCalendar.local(o.observedAt()), o.tradingDay(), o.value(), o.change(), o.changePercent(), o.previousClose(), o.qualityWord(),
                o.reason() == null ? null : o.reason().word(), o.captureId());
    }
}

package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.SupersededObservation.Cause;
import id.detak.series.SupersededObservation;
import id.detak.series.SupersededObservations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The observations of a stretch of time, each with the capture that it came from. An end given as a date is that trading day. */
@ApplicationScoped
public class ObservationList {

    private static final Instant BEGINNING = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private final Indicators indicators;
    private final Observations observations;
    private final SupersededObservations supersessions;
    private final Calendars calendars;
    private final Clock clock;

    ObservationList(Indicators indicators, Observations observations, SupersededObservations supersessions, Calendars calendars, Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.supersessions = supersessions;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * @param quality {@code ok}, {@code unchecked}, {@code suspect} or {@code implied}
     * @param reason why it is suspect, or null
     * @param captureId null where it came from a file
     * @param superseded there where it counts no more
     */
    @Schema(name = "Observation")
    public record Item(OffsetDateTime observedAt, LocalDate tradingDay, BigDecimal value, BigDecimal change, BigDecimal changePercent, BigDecimal previousClose,
            @Schema(example = "ok") String quality, String reason, UUID captureId, @JsonInclude(JsonInclude.Include.NON_NULL) Correction superseded) {

        /** Whether a hand can void it: what was made of another observation comes again as long as that one stands. */
        public boolean canBeVoided() {
            return superseded == null && !(quality.equals("implied") && captureId != null);
        }
    }

    /**
     * Since when a number counts no more, and why: {@code void}, a hand took it out, or {@code reparse}, its capture reads otherwise now.
     *
     * @param reason what the hand gave as the reason; else null
     * @param by who voided it; else null
     */
    @Schema(name = "Superseded")
    public record Correction(OffsetDateTime at, Cause cause, String reason, String by) {
    }

    /** What was observed of an indicator, and counts no more. */
    @Schema(name = "FormerObservation")
    public record Former(String code, @JsonUnwrapped Item observation) {
    }

    /**
     * @param from date, instant or duration back from now; null: from the beginning
     * @return the newest first, at most so many, and what counts no more among them
     * @throws id.detak.platform.RejectedException if an end cannot be parsed, or from is after to
     */
    @Transactional
    public List<Item> of(Indicator indicator, String from, String to, int most) {
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        TradingCalendar calendar = calendars.of(indicator.kind());
        Instant begin = begin(range, calendar);
        Instant end = end(range, calendar);
        List<Observation> standing = observations.between(indicator.id(), begin, end, most);
        Instant reached = standing.size() < most ? begin : standing.get(most - 1).observedAt();
        return firstOf(Stream.concat(standing.stream().map(ObservationList::item), supersessions.between(indicator.id(), reached, end, most).stream().map(ObservationList::item))
                .sorted(Comparator.comparing(Item::observedAt).reversed()).toList(), most);
    }

    /** No more than so many, but all of one instant. */
    private static List<Item> firstOf(List<Item> items, int most) {
        int end = Math.min(most, items.size());
        while (end < items.size() && items.get(end).observedAt().isEqual(items.get(end - 1).observedAt())) {
            end++;
        }
        return items.subList(0, end);
    }

    /** What a capture had brought, and counts no more. */
    @Transactional
    public List<Former> superseded(UUID captureId, Instant observedAt) {
        Map<Integer, Indicator> byId = indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        return supersessions.of(captureId, observedAt).stream().map(old -> new Former(byId.get(old.observation().indicatorId()).code(), item(old))).toList();
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

    public static Item item(SupersededObservation old) {
        return item(old.observation(), new Correction(TradingCalendar.local(old.at()), old.cause(), old.note(), old.by()));
    }

    public static Item item(Observation o) {
        return item(o, null);
    }

    private static Item item(Observation o, Correction superseded) {
        return new Item(TradingCalendar.local(o.observedAt()), o.tradingDay(), o.value(), o.change(), o.changePercent(), o.previousClose(), o.qualityWord(),
                o.reason() == null ? null : o.reason().word(), o.captureId(), superseded);
    }
}

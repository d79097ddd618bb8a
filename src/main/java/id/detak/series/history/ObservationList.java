package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.series.DayRange;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.SupersededObservation;
import id.detak.series.SupersededObservation.Cause;
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

/** Lists the observations of a range with their captures. A date means its trading day. */
@ApplicationScoped
public class ObservationList {

    private final Indicators indicators;
    private final Observations observations;
    private final SupersededObservations superseded;
    private final Calendars calendars;
    private final Clock clock;

    ObservationList(
            Indicators indicators,
            Observations observations,
            SupersededObservations superseded,
            Calendars calendars,
            Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.superseded = superseded;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * @param quality {@code ok}, {@code unchecked}, {@code suspect} or {@code implied}
     * @param reason why it is suspect, or null
     * @param captureId null if it came from a file
     * @param importId the import of that file; absent otherwise
     * @param range open, high and low of its trading day, if the file states them; absent otherwise
     * @param superseded null if it counts
     */
    @Schema(name = "Observation")
    public record Item(
            OffsetDateTime observedAt,
            LocalDate tradingDay,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            BigDecimal previousClose,
            @Schema(example = "ok") String quality,
            String reason,
            UUID captureId,
            @JsonInclude(JsonInclude.Include.NON_NULL) Integer importId,
            @JsonInclude(JsonInclude.Include.NON_NULL) DayRange range,
            @JsonInclude(JsonInclude.Include.NON_NULL) Supersession superseded) {

        /** Whether it can be voided. An implied close would be created again while its observation counts. */
        public boolean canBeVoided() {
            return superseded == null && !(quality.equals("implied") && captureId != null);
        }
    }

    /**
     * When and why an observation was superseded: {@code void} by a user, or {@code reparse} if the parser now reads
     * its capture differently.
     *
     * @param reason the reason of the user, or null
     * @param by who voided it, or null
     */
    @Schema(name = "Superseded")
    public record Supersession(OffsetDateTime at, Cause cause, String reason, String by) {}

    /** A superseded observation of an indicator. */
    @Schema(name = "FormerObservation")
    public record Former(String code, @JsonUnwrapped Item observation) {}

    /**
     * @param from date, instant or duration back from now; null: from the beginning
     * @return newest first, including superseded ones, at most that many
     * @throws id.detak.platform.RejectedException if an end cannot be parsed, or from is after to
     */
    @Transactional
    public List<Item> of(Indicator indicator, String from, String to, int most) {
        Span span = span(indicator, from, to);
        Instant begin = span.begin();
        Instant end = span.end();
        List<Observation> standing = observations.between(indicator.id(), begin, end, most);
        Instant reached =
                standing.size() < most ? begin : standing.get(most - 1).observedAt();
        return firstOf(
                Stream.concat(
                                standing.stream().map(ObservationList::item),
                                superseded.between(indicator.id(), reached, end, most).stream()
                                        .map(ObservationList::item))
                        .sorted(Comparator.comparing(Item::observedAt).reversed())
                        .toList(),
                most);
    }

    /** A range of instants, both ends included. */
    public record Span(Instant begin, Instant end) {}

    /**
     * The instants that two ends name; a date is that trading day.
     *
     * @throws id.detak.platform.RejectedException if an end cannot be parsed, or from is after to
     */
    public Span span(Indicator indicator, String from, String to) {
        TimeRange range = TimeRange.parse(from, to, clock.instant());
        TradingCalendar calendar = calendars.of(indicator.kind());
        return new Span(begin(range, calendar), end(range, calendar));
    }

    /** The first items, at most that many, but always all of the last instant. */
    private static List<Item> firstOf(List<Item> items, int most) {
        int end = Math.min(most, items.size());
        while (end < items.size()
                && items.get(end).observedAt().isEqual(items.get(end - 1).observedAt())) {
            end++;
        }
        return items.subList(0, end);
    }

    /** The superseded observations of a capture. */
    @Transactional
    public List<Former> superseded(UUID captureId, Instant observedAt) {
        Map<Integer, Indicator> byId =
                indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        return superseded.of(captureId, observedAt).stream()
                .map(old -> new Former(byId.get(old.observation().indicatorId()).code(), item(old)))
                .toList();
    }

    private static Instant begin(TimeRange range, TradingCalendar calendar) {
        if (range.fromDay() != null) {
            LocalDate day = range.fromDay();
            return calendar.turnOf(calendar.isTradingDay(day) ? day : calendar.nextTradingDay(day));
        }
        return range.lowerBound();
    }

    private static Instant end(TimeRange range, TradingCalendar calendar) {
        if (range.toDay() != null) {
            return calendar.turnOf(calendar.nextTradingDay(range.toDay())).minus(1, ChronoUnit.MICROS);
        }
        return range.upperBound();
    }

    public static Item item(SupersededObservation old) {
        return item(old.observation(), new Supersession(Wib.local(old.at()), old.cause(), old.note(), old.by()));
    }

    public static Item item(Observation o) {
        return item(o, null);
    }

    private static Item item(Observation o, Supersession superseded) {
        return new Item(
                Wib.local(o.observedAt()),
                o.tradingDay(),
                o.value(),
                o.change(),
                o.changePercent(),
                o.previousClose(),
                o.qualityWord(),
                o.reason() == null ? null : o.reason().word(),
                o.captureId(),
                o.importId(),
                o.range(),
                superseded);
    }
}

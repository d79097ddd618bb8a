package id.detak.dashboard;

import id.detak.capture.Captures;
import id.detak.dashboard.SourceStates.State;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.Kind;
import id.detak.series.Latest;
import id.detak.series.Observation;
import id.detak.series.Observations;
import id.detak.series.history.Contradictions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gathers what the overview shows, in the reader's language. */
@ApplicationScoped
class Overview {

    private static final int MOST_DIFFERENCES = 5;
    private static final int SPARKLINE_POINTS = 60;
    /** Gold and funds get a number a day, the others many. */
    private static final Duration SPARKLINE_SPAN = Duration.ofDays(5);
    private static final Duration SPARKLINE_SPAN_DAILY = Duration.ofDays(60);

    private final Indicators indicators;
    private final Latest latest;
    private final Observations observations;
    private final Contradictions contradictions;
    private final SourceStates sourceStates;
    private final Calendars calendars;
    private final Captures captures;
    private final AlertList alerts;
    private final Clock clock;

    Overview(Indicators indicators, Latest latest, Observations observations, Contradictions contradictions, SourceStates sourceStates, Calendars calendars,
            Captures captures, AlertList alerts, Clock clock) {
        this.indicators = indicators;
        this.latest = latest;
        this.observations = observations;
        this.contradictions = contradictions;
        this.sourceStates = sourceStates;
        this.calendars = calendars;
        this.captures = captures;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * @param marketChangesAt when it opens or closes next; null where it never does
     * @param chosen the indicator of the chart, or null where there is no value yet
     * @param valuesAge age of the newest value, or null where there is none
     * @param differences closes that a capture of the next trading day states otherwise, the newest of each indicator first
     * @param holidaysEnd the last year whose holidays are known, where that is over, or null
     * @param dataFileProblem what is wrong with a person's data file, or null
     * @param firing the newest alerts that fire
     * @param lastGoodPoll when a source was last polled and brought quotes, or null
     */
    record View(boolean marketOpen, String marketChangesAt, List<Row> rows, Row chosen, String valuesAge, List<SourceRow> sources,
            List<DifferenceRow> differences, String holidaysEnd, String dataFileProblem, List<AlertList.Row> firing, String lastGoodPoll) {
    }

    /**
     * @param direction {@code up}, {@code down} or {@code flat}: by the values, never by a currency pair's printed sign
     * @param tradingDay the day that the numbers belong to, where that is not the day they were seen on, or null
     * @param sparkline the {@code d} of an SVG path, or empty
     */
    record Row(String code, String address, String name, boolean fund, Integer decimals, boolean discovered, String value, String change,
            String percent, String direction, String sparkline, String seenAt, String age, String tradingDay, UUID captureId, boolean suspect,
            boolean movedWhileClosed, boolean stale) {

        /** Discovered labels may hold & and +, which mean something in an address. */
        public String addressInQuery() {
            return URLEncoder.encode(address, StandardCharsets.UTF_8);
        }

        public String arrow() {
            return switch (direction) {
                case "up" -> "▲";
                case "down" -> "▼";
                default -> "";
            };
        }
    }

    /**
     * @param good whether the last attempt brought a strip
     * @param asked whether there was an attempt at all
     * @param next when it is asked next
     * @param clockDifference null where the clocks agree
     */
    record SourceRow(String name, boolean asked, boolean good, String outcome, String reason, String next, String clockDifference, String notUnderstood) {
    }

    /** @param closeCaptureId where the stored close came from; null for a row of a file */
    record DifferenceRow(String code, String tradingDay, String close, UUID closeCaptureId, String stated, UUID statedCaptureId) {
    }

    @Transactional
    View view(Formats formats, String chosen) {
        Instant now = clock.instant();
        List<Latest.Item> items = latest.all();
        // asked for afterwards: one that is discovered in between is among them
        Map<String, Indicator> byCode = indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        List<Row> rows = items.stream().map(item -> row(formats, byCode.get(item.code()), item, now)).toList();
        Row forChart = rows.stream().filter(row -> row.address().equalsIgnoreCase(chosen) || row.code().equalsIgnoreCase(chosen))
                .findFirst().orElse(rows.isEmpty() ? null : rows.get(0));
        return new View(calendars.exchange().isOpen(now), calendars.isAlwaysOpen() ? null : formats.dayAndTime(calendars.exchange().nextChange(now)), rows, forChart, age(formats, items, now),
                sourceStates.all().stream().map(state -> source(formats, state, now)).toList(),
                byCode.values().stream().sorted(Comparator.comparing(Indicator::id)).flatMap(indicator -> differences(formats, indicator)).toList(),
                calendars.reaches(now) ? null : String.valueOf(calendars.lastKnownYear()), calendars.problem().orElse(null),
                alerts.firing(formats), captures.lastGoodPoll().map(formats::time).orElse(null));
    }

    private Stream<DifferenceRow> differences(Formats formats, Indicator indicator) {
        return contradictions.closeDifferences(indicator.id()).stream().limit(MOST_DIFFERENCES).map(d -> new DifferenceRow(indicator.code(), formats.day(d.tradingDay()),
                formats.number(d.close(), indicator.decimals()), d.closeCaptureId(), formats.number(d.stated(), indicator.decimals()), d.statedCaptureId()));
    }

    private static String age(Formats formats, List<Latest.Item> items, Instant now) {
        return items.stream().map(item -> item.observedAt().toInstant()).max(Comparator.naturalOrder())
                .map(newest -> formats.duration(Duration.between(newest, now))).orElse(null);
    }

    private Row row(Formats formats, Indicator indicator, Latest.Item item, Instant now) {
        Duration span = indicator.kind() == Kind.GOLD || indicator.kind() == Kind.FUND ? SPARKLINE_SPAN_DAILY : SPARKLINE_SPAN;
        List<BigDecimal> line = observations.sampled(indicator.id(), item.observedAt().toInstant(), span, SPARKLINE_POINTS).stream()
                .map(indicator.hasLevel() ? Observation::value : Observation::changePercent).filter(Objects::nonNull).toList();
        DayMove move = DayMove.of(item);
        Instant seen = item.observedAt().toInstant();
        return new Row(indicator.code(), indicator.address(), indicator.name(formats.locale()), !indicator.hasLevel(), indicator.decimals(),
                indicator.isDiscovered(), formats.number(item.value(), indicator.decimals()), formats.signed(move.change()),
                formats.percent(move.percent()), move.direction(), Sparkline.path(line), formats.time(seen),
                formats.duration(Duration.between(seen, now)), otherDay(formats, item), item.captureId(), item.quality().equals("suspect"),
                "market-closed".equals(item.reason()), item.stale());
    }

    private static String otherDay(Formats formats, Latest.Item item) {
        return item.tradingDay().equals(item.observedAt().toLocalDate()) ? null : formats.day(item.tradingDay());
    }

    private static SourceRow source(Formats formats, State state, Instant now) {
        Instant due = state.nextPollAt().toInstant();
        return new SourceRow(state.source(), state.outcome() != null, state.isGood(), state.outcome() == null ? null : state.outcome().word(),
                state.reason(), due.isAfter(now) ? formats.time(due) : null,
                state.clockDifferenceSeconds() == null ? null : formats.duration(Duration.ofSeconds(Math.abs(state.clockDifferenceSeconds()))),
                state.unknown().isEmpty() ? null : String.join(" · ", state.unknown()));
    }
}

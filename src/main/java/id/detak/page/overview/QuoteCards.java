package id.detak.page.overview;

import id.detak.capture.Captures;
import id.detak.capture.SourceStates;
import id.detak.capture.SourceStates.State;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.page.shared.Direction;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.QuoteCard.Hours;
import id.detak.page.shared.QuoteCard.Numbers;
import id.detak.page.shared.QuoteCard.Observed;
import id.detak.page.shared.QuoteCard.Origin;
import id.detak.page.shared.QuoteCard.Quality;
import id.detak.page.shared.Sparkline;
import id.detak.series.DayChange;
import id.detak.series.DayChanges;
import id.detak.series.LatestQuotes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds the cards of the latest quotes, in the reader's language. */
@ApplicationScoped
public class QuoteCards {

    /** How long the card notes a new level. */
    private static final Duration NEW_LEVEL = Duration.ofDays(7);

    private final Indicators indicators;
    private final LatestQuotes latest;
    private final Trends trends;
    private final DayChanges dayChanges;
    private final Calendars calendars;
    private final Captures captures;
    private final SourceStates sourceStates;
    private final Clock clock;

    QuoteCards(
            Indicators indicators,
            LatestQuotes latest,
            Trends trends,
            DayChanges dayChanges,
            Calendars calendars,
            Captures captures,
            SourceStates sourceStates,
            Clock clock) {
        this.indicators = indicators;
        this.latest = latest;
        this.trends = trends;
        this.dayChanges = dayChanges;
        this.calendars = calendars;
        this.captures = captures;
        this.sourceStates = sourceStates;
        this.clock = clock;
    }

    /** @param sources the current states of the sources; callers show them, too */
    @Transactional
    public List<QuoteCard> all(Formats formats, List<State> sources) {
        List<LatestQuotes.Item> items = latest.all();
        // read after the quotes, so that an indicator discovered in between is included
        return cards(formats, items, sources, indicators.recent().all());
    }

    /** The card of an indicator; empty if it has no value yet. */
    @Transactional
    public Optional<QuoteCard> of(Indicator indicator, Formats formats) {
        List<LatestQuotes.Item> items = latest.all().stream()
                .filter(item -> item.code().equals(indicator.code()))
                .toList();
        return cards(formats, items, sourceStates.all(), List.of(indicator)).stream()
                .findFirst();
    }

    private List<QuoteCard> cards(
            Formats formats, List<LatestQuotes.Item> found, List<State> sources, List<Indicator> known) {
        Map<String, Indicator> byCode = known.stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        // one may have been renamed or merged in between
        List<LatestQuotes.Item> items =
                found.stream().filter(item -> byCode.containsKey(item.code())).toList();
        Map<UUID, Origin> origins = origins(items, sources);
        Map<String, DayChange> changes = dayChanges.of(items, byCode);
        Map<String, Sparkline> sparklines = trends.of(items.stream()
                .map(item -> new Trends.Newest(byCode.get(item.code()), item, trustedPreviousClose(item)))
                .toList());
        Instant now = clock.instant();
        return items.stream()
                .map(item -> card(
                        formats,
                        byCode.get(item.code()),
                        item,
                        changes.get(item.code()),
                        sparklines.get(item.code()),
                        origins.getOrDefault(item.captureId(), Origin.FILE),
                        now))
                .toList();
    }

    private static BigDecimal trustedPreviousClose(LatestQuotes.Item item) {
        return isSuspect(item) ? null : item.previousClose();
    }

    private static boolean isSuspect(LatestQuotes.Item item) {
        return item.quality().equals("suspect");
    }

    private Map<UUID, Origin> origins(List<LatestQuotes.Item> items, List<State> sources) {
        Map<String, String> states = sources.stream()
                .filter(state -> state.outcome() != null)
                .collect(Collectors.toMap(State::source, state -> state.isGood() ? "good" : "bad"));
        List<UUID> ids = items.stream()
                .map(LatestQuotes.Item::captureId)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        return captures.sources(ids).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        source -> new Origin(source.getValue(), states.getOrDefault(source.getValue(), "none"))));
    }

    private QuoteCard card(
            Formats formats,
            Indicator indicator,
            LatestQuotes.Item item,
            DayChange move,
            Sparkline sparkline,
            Origin origin,
            Instant now) {
        Instant seen = item.observedAt().toInstant();
        TradingCalendar calendar = calendars.of(indicator.kind());
        return new QuoteCard(
                IndicatorLabel.of(indicator, formats.locale()),
                new Numbers(
                        formats.number(item.value(), indicator.decimals()),
                        formats.signed(move.change()),
                        formats.percent(move.percent()),
                        Direction.of(move.signed()),
                        decimals(indicator, item.value()),
                        move.percent(),
                        sparkline.low() == null ? null : formats.value(sparkline.low(), indicator),
                        sparkline.high() == null ? null : formats.value(sparkline.high(), indicator)),
                sparkline,
                new Observed(
                        seen,
                        item.tradingDay(),
                        formats.time(seen),
                        formats.duration(Duration.between(seen, now)),
                        otherDay(formats, item),
                        item.captureId(),
                        origin),
                new Quality(
                        isSuspect(item),
                        item.reason(),
                        item.stale(),
                        item.levelChangedAt() != null
                                && item.levelChangedAt()
                                        .isAfter(item.observedAt().minus(NEW_LEVEL))),
                new Hours(
                        calendar.isOpen(now),
                        calendars.isAlwaysOpen() ? null : formats.upcoming(calendar.nextChange(now), now)));
    }

    private static int decimals(Indicator indicator, BigDecimal value) {
        return indicator.decimals() != null ? indicator.decimals() : value == null ? 0 : Math.max(0, value.scale());
    }

    private static String otherDay(Formats formats, LatestQuotes.Item item) {
        return item.tradingDay().equals(item.observedAt().toLocalDate()) ? null : formats.day(item.tradingDay());
    }
}

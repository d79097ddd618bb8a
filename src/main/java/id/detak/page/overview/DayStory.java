package id.detak.page.overview;

import id.detak.indicator.Kind;
import id.detak.page.shared.Direction;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.QuoteCard;
import id.detak.series.history.Changes;
import id.detak.series.history.Changes.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What moved on the newest trading day, as the data of one sentence. Suspect and stale quotes do not count.
 *
 * @param day the trading day if it is not today, else null
 * @param lead the index with the largest move
 * @param down how many of the indicators fell
 * @param up how many of them rose
 * @param extremes indicators at their highest or lowest of 52 weeks
 */
record DayStory(String day, Lead lead, int down, int up, int of, List<Extreme> extremes) {

    /** The sentence dates the last move as large only if it was at least this long ago. */
    private static final int NOTABLE_DAYS = 30;

    private static final int MAX_EXTREMES = 3;

    /** @param since the last day with a move at least as large, or null if that was not long ago */
    record Lead(IndicatorLabel indicator, String percent, Direction direction, String since) {

        public boolean rose() {
            return direction == Direction.UP;
        }
    }

    record Extreme(IndicatorLabel indicator, boolean high) {}

    /** @return null if no quote of the day has a change */
    static DayStory of(Formats formats, List<QuoteCard> cards, Map<String, Changes.Item> changes, LocalDate today) {
        LocalDate newest = cards.stream()
                .map(card -> card.observed().tradingDay())
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<Changes.Item> moved = cards.stream()
                .filter(card -> card.observed().tradingDay().equals(newest)
                        && !card.quality().suspect()
                        && !card.quality().stale())
                .map(card -> changes.get(card.indicator().code()))
                .filter(item -> item != null && item.tradingDay().equals(newest) && percent(item) != null)
                .toList();
        if (moved.isEmpty()) {
            return null;
        }
        Map<String, IndicatorLabel> labels = cards.stream()
                .map(QuoteCard::indicator)
                .collect(Collectors.toMap(IndicatorLabel::code, label -> label));
        Comparator<Changes.Item> bySize =
                Comparator.comparing(item -> percent(item).abs());
        Changes.Item lead = Stream.of(Kind.INDEX, null)
                .map(kind -> moved.stream()
                        .filter(item -> kind == null || labels.get(item.code()).kind() == kind)
                        .max(bySize)
                        .orElse(null))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
        return new DayStory(
                newest.equals(today) ? null : formats.day(newest),
                lead(formats, labels.get(lead.code()), lead),
                (int) moved.stream().filter(item -> percent(item).signum() < 0).count(),
                (int) moved.stream().filter(item -> percent(item).signum() > 0).count(),
                moved.size(),
                moved.stream()
                        .filter(item -> item != lead)
                        .flatMap(item -> extreme(labels.get(item.code()), item))
                        .limit(MAX_EXTREMES)
                        .toList());
    }

    private static Lead lead(Formats formats, IndicatorLabel label, Changes.Item item) {
        LocalDate since = item.largestSince();
        boolean notable = since != null && !since.isAfter(item.tradingDay().minusDays(NOTABLE_DAYS));
        return new Lead(
                label,
                formats.roundedPercent(percent(item)),
                Direction.of(percent(item)),
                notable ? formats.day(since) : null);
    }

    /** The indicator if it is at an extreme, and only if the history covers 52 weeks. */
    private static Stream<Extreme> extreme(IndicatorLabel label, Changes.Item item) {
        if (item.changes().get(Window.YEAR.word()) == null) {
            return Stream.empty();
        }
        boolean high = item.high52w().day().equals(item.tradingDay());
        boolean low = item.low52w().day().equals(item.tradingDay());
        return high == low ? Stream.empty() : Stream.of(new Extreme(label, high));
    }

    private static BigDecimal percent(Changes.Item item) {
        Changes.Change day = item.changes().get(Window.DAY.word());
        return day == null ? null : day.changePercent();
    }
}

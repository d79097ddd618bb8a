package id.detak.page.overview;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Kind;
import id.detak.page.shared.Direction;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.page.shared.QuoteCard;
import id.detak.page.shared.Sparkline;
import id.detak.series.history.Changes;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sentence above the list. */
@BesideTheApplication
class DayStoryTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);
    private static final LocalDate LONG_AGO = LocalDate.of(2025, 4, 7);

    private final Formats formats = new Formats(Locale.ENGLISH);

    @Test
    void indexWithTheLargestMoveLeads() {
        DayStory story = story(
                quote("LQ45", Kind.INDEX, "-2.68", LONG_AGO), quote("IDX", Kind.INDEX, "-0.92", null),
                quote("EMAS", Kind.GOLD, "4.00", null), quote("USD/IDR", Kind.CURRENCY, "0.00", null));
        assertThat(story.day()).isNull();
        assertThat(story.lead().indicator().code()).isEqualTo("LQ45");
        assertThat(story.lead().percent()).isEqualTo("−2.68%");
        assertThat(story.lead().direction()).isEqualTo(Direction.DOWN);
        assertThat(story.lead().since()).isEqualTo("7 Apr 2025");
        assertThat(List.of(story.down(), story.up(), story.of())).containsExactly(2, 1, 4);
    }

    @Test
    void moveOfLastMonthIsNotDated() {
        assertThat(story(quote("LQ45", Kind.INDEX, "-1.00", TODAY.minusDays(29)))
                        .lead()
                        .since())
                .isNull();
        assertThat(story(quote("LQ45", Kind.INDEX, "-1.00", TODAY.minusDays(30)))
                        .lead()
                        .since())
                .isNotNull();
    }

    @Test
    void goldLeadsWhereThereIsNoIndex() {
        assertThat(story(quote("EMAS", Kind.GOLD, "1.00", null))
                        .lead()
                        .indicator()
                        .code())
                .isEqualTo("EMAS");
    }

    @Test
    void suspectStaleAndOlderQuotesDoNotCount() {
        DayStory story = story(
                quote("LQ45", Kind.INDEX, "-1.00", null),
                new Quote("IDX", Kind.INDEX, TODAY, "-90.00", null, true, false, false),
                new Quote("ISSI", Kind.INDEX, TODAY, "-80.00", null, false, true, false),
                new Quote("IDX30", Kind.INDEX, TODAY.minusDays(1), "-70.00", null, false, false, false));
        assertThat(story.lead().indicator().code()).isEqualTo("LQ45");
        assertThat(story.of()).isEqualTo(1);
    }

    @Test
    void otherDayAndHighsAreNamed() {
        LocalDate friday = TODAY.minusDays(5);
        DayStory story = story(
                new Quote("LQ45", Kind.INDEX, friday, "1.00", null, false, false, false),
                new Quote("EMAS", Kind.GOLD, friday, "0.50", null, false, false, true));
        assertThat(story.day()).isEqualTo("20 Nov 2026");
        assertThat(story.extremes()).singleElement().satisfies(extreme -> {
            assertThat(extreme.indicator().code()).isEqualTo("EMAS");
            assertThat(extreme.high()).isTrue();
        });
    }

    @Test
    void noSentenceWithoutNumbers() {
        assertThat(story()).isNull();
        assertThat(story(new Quote("LQ45", Kind.INDEX, TODAY, null, null, false, false, false)))
                .isNull();
    }

    /** @param percent of the day, or null if it is unknown */
    private record Quote(
            String code,
            Kind kind,
            LocalDate day,
            String percent,
            LocalDate since,
            boolean suspect,
            boolean stale,
            boolean atHigh) {

        QuoteCard card() {
            return new QuoteCard(
                    new IndicatorLabel(code, code, code, kind, true, 2, false),
                    new QuoteCard.Numbers("", "", "", Direction.FLAT, 2, null, null, null),
                    Sparkline.of(List.of(), null, false),
                    new QuoteCard.Observed(Instant.EPOCH, day, "", "", null, null, QuoteCard.Origin.FILE),
                    new QuoteCard.Quality(suspect, null, stale, false),
                    new QuoteCard.Hours(true, null));
        }

        Changes.Item changes() {
            BigDecimal value = new BigDecimal("100");
            Map<String, Changes.Change> changes = new HashMap<>();
            changes.put("1y", new Changes.Change(BigDecimal.ONE, day.minusYears(1), value));
            if (percent != null) {
                changes.put("1d", new Changes.Change(new BigDecimal(percent), day.minusDays(1), value));
            }
            return new Changes.Item(
                    code,
                    "value",
                    day,
                    value,
                    changes,
                    Map.of(),
                    new Changes.Extreme(value, atHigh ? day : day.minusDays(100), BigDecimal.ZERO),
                    new Changes.Extreme(value, day.minusDays(200), BigDecimal.ZERO),
                    since,
                    new Changes.Drawdown(BigDecimal.ZERO, null, null));
        }
    }

    private static Quote quote(String code, Kind kind, String percent, LocalDate since) {
        return new Quote(code, kind, TODAY, percent, since, false, false, false);
    }

    private DayStory story(Quote... quotes) {
        return DayStory.of(
                formats,
                Stream.of(quotes).map(Quote::card).toList(),
                Stream.of(quotes)
                        .map(Quote::changes)
                        .collect(Collectors.toMap(Changes.Item::code, Function.identity())),
                TODAY);
    }
}

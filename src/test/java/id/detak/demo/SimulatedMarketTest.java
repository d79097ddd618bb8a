package id.detak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.demo.SimulatedMarket.Line;
import id.detak.indicator.Calendars;
import id.detak.indicator.IndicatorSeed;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.platform.Wib;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class SimulatedMarketTest {

    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
    private static final DataFolder NO_FILES = new DataFolder(Path.of("target", "no-such-folder"));
    private final Calendars calendars = new Calendars(MarketHours.IDX, NO_FILES);
    private final SimulatedMarket market = new SimulatedMarket(calendars);
    private final HistoryMoments moments = new HistoryMoments(calendars);

    @Test
    void numbersAreRepeatable() {
        assertThat(new SimulatedMarket(calendars).at(NOW)).isEqualTo(market.at(NOW));
        assertThat(new SimulatedMarket(calendars, 46).at(NOW)).isNotEqualTo(market.at(NOW));
    }

    @Test
    void valuesChangeEveryFewSecondsWhileTheMarketIsOpen() {
        assertThat(market.at(NOW.plusSeconds(4))).isNotEqualTo(market.at(NOW));
        Instant lunch = Instant.parse("2026-11-25T05:30:00Z");
        assertThat(market.at(lunch.plusSeconds(600)).get(0))
                .isEqualTo(market.at(lunch).get(0));
    }

    @Test
    void valuesStandStillOnASunday() {
        Instant sundayNight = Instant.parse("2026-11-22T13:00:00Z");
        assertThat(market.at(sundayNight.plusSeconds(3600))).isEqualTo(market.at(sundayNight));
        assertThat(market.at(sundayNight).get(0))
                .isEqualTo(market.at(Instant.parse("2026-11-20T09:30:00Z")).get(0));
    }

    @Test
    void valuesChangeAtAnyHourIfMarketsAreAlwaysOpen() {
        SimulatedMarket always = new SimulatedMarket(new Calendars(MarketHours.ALWAYS, NO_FILES));
        Instant sundayNight = Instant.parse("2026-11-22T20:00:00Z");
        assertThat(always.at(sundayNight.plusSeconds(4))).isNotEqualTo(always.at(sundayNight));
    }

    @Test
    void changesStartFromTheCloseOfTheDayBefore() {
        BigDecimal close =
                market.at(Instant.parse("2026-11-20T10:00:00Z")).get(0).value();
        Line monday = market.at(Instant.parse("2026-11-23T04:00:00Z")).get(0);
        assertThat(monday.value().subtract(monday.change())).isEqualByComparingTo(close);
    }

    @Test
    void parserReadsEveryLineWithoutProblems() {
        StripParser parser = new StripParser(IndicatorSeed.labels(IndicatorSeed.builtIn()));
        for (Instant at : moments.until(NOW).stream()
                .filter(moment -> moment.getEpochSecond() % 7 == 0 || moment.isAfter(NOW.minus(Duration.ofHours(3))))
                .toList()) {
            List<Line> lines = market.at(at);
            Strip strip = parser.parse(StripPage.html(lines)).orElseThrow();
            assertThat(strip.unknown()).isEmpty();
            assertThat(strip.quotes())
                    .extracting(Quote::label)
                    .containsExactlyElementsOf(lines.stream().map(Line::label).toList());
            assertThat(strip.quotes())
                    .extracting(Quote::value)
                    .usingElementComparator((a, b) -> a == null ? b == null ? 0 : 1 : a.compareTo(b))
                    .containsExactlyElementsOf(lines.stream().map(Line::value).toList());
            assertThat(strip.quotes()).noneMatch(quote -> quote.quality() == Quality.SUSPECT);
        }
    }

    @Test
    void marketCrashesOnceInTwoYears() {
        List<BigDecimal> falls = moments.until(NOW).stream()
                .filter(moment -> moment.getEpochSecond() % 86_400 == 61_199)
                .filter(moment -> calendars.exchange().isTradingDay(Wib.date(moment)))
                .map(close -> market.at(close).stream()
                        .filter(line -> line.label().equals("IDX"))
                        .findFirst()
                        .orElseThrow()
                        .percent())
                .filter(percent -> percent.compareTo(new BigDecimal(-6)) < 0)
                .toList();
        assertThat(falls).hasSize(1);
    }
}

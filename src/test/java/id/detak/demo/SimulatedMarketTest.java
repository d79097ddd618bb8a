package id.detak.demo;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.demo.SimulatedMarket.Line;
import id.detak.indicator.IndicatorSeed;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class SimulatedMarketTest {

    private static final Instant NOW = Instant.parse("2026-11-25T03:00:00Z");
    private final SimulatedMarket market = new SimulatedMarket(45);

    @Test
    void numbersAreRepeatable() {
        assertThat(new SimulatedMarket(45).at(NOW)).isEqualTo(market.at(NOW));
        assertThat(new SimulatedMarket(46).at(NOW)).isNotEqualTo(market.at(NOW));
    }

    @Test
    void valuesChangeEveryFewSecondsAtAnyHour() {
        Instant sundayNight = Instant.parse("2026-11-22T20:00:00Z");
        assertThat(market.at(sundayNight.plusSeconds(4))).isNotEqualTo(market.at(sundayNight));
    }

    @Test
    void parserReadsEveryLineWithoutProblems() {
        StripParser parser = new StripParser(IndicatorSeed.labels(IndicatorSeed.builtIn()));
        for (Instant at : DemoHistory.moments(NOW).stream()
                .filter(moment -> moment.toEpochMilli() % 7 == 0 || moment.isAfter(NOW.minus(Duration.ofHours(5))))
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
        List<BigDecimal> falls = DemoHistory.moments(NOW).stream()
                .filter(moment -> moment.getEpochSecond() % 86_400 == 61_199)
                .map(close -> market.at(close).stream()
                        .filter(line -> line.label().equals("IDX"))
                        .findFirst()
                        .orElseThrow()
                        .percent())
                .filter(percent -> percent.compareTo(new BigDecimal(-6)) < 0)
                .toList();
        assertThat(falls).hasSize(1);
    }

    @Test
    void historyCoversTwoYearsWithStableMoments() {
        List<Instant> moments = DemoHistory.moments(NOW);
        assertThat(moments.get(0)).isBefore(NOW.minus(Duration.ofDays(729)));
        assertThat(moments).isSorted().doesNotHaveDuplicates().allMatch(moment -> moment.isBefore(NOW));
        assertThat(DemoHistory.moments(NOW.plusSeconds(3600))).containsAll(moments);
    }
}

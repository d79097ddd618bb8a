package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.strip.KnownLabel;
import id.detak.strip.Strip;
import id.detak.strip.StripParser;
import id.detak.testsupport.BesideTheApplication;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class StripComparisonTest {

    private static final StripParser PARSER = new StripParser(List.<KnownLabel>of());
    private static final String[] WHOLE = {
        "LQ45 900,00 -10,00 -1,10%", "IDX 7.166 -66,59 -0,92%", "EMAS 1.319.000 0,00%"
    };
    private static final List<Strip> BEFORE = Collections.nCopies(5, strip(WHOLE));

    private static Strip strip(String... items) {
        return PARSER.parse("| : WIB | INDIKATOR |\n"
                        + String.join(
                                "",
                                Stream.of(items)
                                        .map(item -> "  • " + item + "\n")
                                        .toList()) + "\nTeks pengisi.\n")
                .orElseThrow();
    }

    @Test
    void indicatorsOfMostEarlierStripsAreMissed() {
        assertThat(StripComparison.complaint(strip(WHOLE), BEFORE)).isEmpty();
        assertThat(StripComparison.complaint(strip(WHOLE[0], WHOLE[2], "IDX30 427 -6,80 -1,57%"), BEFORE))
                .hasValue("Missing, though most strips before contained it: IDX.");
    }

    @Test
    void rareIndicatorsAndFewStripsAreNotMissed() {
        List<Strip> mixed = List.of(strip(WHOLE[0]), strip(WHOLE[0]), strip(WHOLE), strip(WHOLE));
        assertThat(StripComparison.complaint(strip(WHOLE[0]), mixed)).isEmpty();
        assertThat(StripComparison.complaint(strip(WHOLE[0]), BEFORE.subList(0, 3)))
                .isEmpty();
    }

    @Test
    void manyUnknownOrContradictoryPiecesAreReported() {
        String[] odd = Stream.concat(Stream.of(WHOLE), IntStream.range(0, 4).mapToObj(i -> "?! " + i + " ?"))
                .toArray(String[]::new);
        assertThat(strip(odd).unknown()).hasSizeGreaterThan(2);
        assertThat(StripComparison.complaint(strip(odd), BEFORE)).hasValueSatisfying(reason -> assertThat(reason)
                .contains("could not be parsed; earlier pages had at most 0."));
        assertThat(StripComparison.complaint(
                        strip("LQ45 900,00 -10,00 -9,10%", "IDX 7.166 -66,59 -9,92%", WHOLE[2]), BEFORE))
                .hasValue("2 of 3 quotes contradict themselves.");
    }
}

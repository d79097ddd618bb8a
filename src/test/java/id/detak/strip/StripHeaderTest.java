package id.detak.strip;

import static id.detak.strip.Strips.parse;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class StripHeaderTest {

    private static final String ITEM = "\n • LQ45898,78 -24,72 -2.68%\n";

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "| 14:35 WIB | INDIKATOR |; 14:35",
                "14.35 WIB | Indikator; 14:35",
                "14:35:20 WIB INDIKATOR:; 14:35:20",
                "9:05 wib INDIKATOR; 09:05",
                "<b>14:35</b> <i>WIB</i> <b>INDIKATOR</b>; 14:35",
                "foo | 14:35 WIB | INDIKATOR |; 14:35"
            })
    void theClockStandsInTheCellBefore(String header, LocalTime clock) {
        assertThat(parse(header + ITEM).clock()).isEqualTo(clock);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "| : WIB | INDIKATOR |",
                "INDIKATOR",
                "| INDIKATOR |",
                "INDIKATOR:",
                "WIB | INDIKATOR",
                "25:61 WIB | INDIKATOR",
                "Senin, 01 Maret 2021 / 19:10 WIB\nINDIKATOR",
                "<span>Senin, 01 Maret 2021 /</span> <span>19:10 WIB</span> <b>INDIKATOR</b>",
                "<p>judul</p>INDIKATOR"
            })
    void aBlankClockOrNoneIsNull(String header) {
        Strip strip = parse(header + ITEM);
        assertThat(strip.clock()).isNull();
        assertThat(strip.quotes()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Setiap indikator",
                "indikator rekaan",
                "Senin / 19:10 WIB INDIKATOR",
                "INDIKATORS",
                "XINDIKATOR",
                "| kata INDIKATOR |"
            })
    void aSentenceWithTheWordStartsNoStrip(String sentence) {
        assertThat(Strips.PARSER.parse(sentence + ITEM)).isEmpty();
    }

    @Test
    void aTableOfAnArticleHeadedWithTheWordIsNoStrip() {
        assertThat(Strips.PARSER.parse(
                        "<td>Indikator</td><td>INFLASI</td><td>2,5%</td><td>Suku bunga</td><td>3,5%</td>"))
                .isEmpty();
    }

    @Test
    void aHeaderWithoutItemsLeavesTheStripToTheNext() {
        Strip strip = parse("INDIKATOR\nlihat semua\n14:35 WIB | INDIKATOR |" + ITEM);
        assertThat(strip.quotes()).hasSize(1);
        assertThat(strip.clock()).isEqualTo(LocalTime.of(14, 35));
    }

    @Test
    void theWordIsFoundWhereverItStands() {
        for (int before = 0; before < 40; before++) {
            assertThat(parse("x".repeat(before) + "\nindikatOR" + ITEM).quotes())
                    .as("behind %d letters", before)
                    .hasSize(1);
        }
    }

    @Test
    void longStripsAreReadCompletely() {
        String far = "INDIKATOR" + "<b class='%s'></b>".formatted("x".repeat(40_000));
        assertThat(parse("<p>" + far + "LQ45 898,78" + "<b class='%s'></b>".formatted("x".repeat(40_000))
                                + "-24,72 -2.68%</p>" + "<p>kata</p>".repeat(10_000))
                        .quotes()
                        .get(0)
                        .quality())
                .isEqualTo(Quality.OK);
    }
}

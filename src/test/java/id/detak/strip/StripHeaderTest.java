package id.detak.strip;

import static id.detak.strip.Strips.parse;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.time.LocalTime;
import java.util.List;
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

    /** A date, with a year or not, is no announcement of another time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Dec 1, 2026",
                "Dec. 1, 2026",
                "December 1st, 2026",
                "1 December, 2026",
                "01 Des. 2026 | 14:35 WIB",
                "Desember 2026",
                "per 1 Desember 2026",
                "Update: 1 Desember 2026 pukul 14:35 WIB",
                "Tuesday, 1 Dec 2026 14:35",
                "Selasa, 1/12",
                "Selasa (1/12/2026)",
                "Jum’at, 4 Desember",
                "12/1/26",
                "01-12-26",
                "2026/12/01",
                "© 2026 Kontan",
                "Copyright © 2010 - 2026 Kontan",
                "Hak cipta 2026"
            })
    void aDateNearTheHeadingCostsNoStrip(String date) {
        String list = "<ul><li>LQ45 898,78 -24,72 -2.68%</li><li>EMAS 1.319.000 0,00%</li></ul><p>Kisah</p>";
        String lines = "LQ45 898,78 -24,72 -2.68%\nEMAS 1.319.000 0,00%\n\nKisah\n";
        for (String page : List.of(
                "<h3>INDIKATOR</h3><p>" + date + "</p>" + list,
                "<header><span>" + date + "</span><h3>Indikator</h3></header>" + list,
                "<div>" + date + "</div><b>Market</b>" + list,
                "INDIKATOR\n" + date + "\n" + lines,
                date + "\nIndikator\n" + lines)) {
            assertThat(parse(page).quotes()).as(page).hasSize(2);
        }
        if (!date.matches("(?i)(©|copyright|hak).*")) {
            assertThat(parse("<h3>Indikator " + date + "</h3>" + list).quotes()).hasSize(2);
            assertThat(parse("INDIKATOR " + date + "\n" + lines).unknown()).isEmpty();
        }
        for (String other : List.of("Proyeksi " + date, date + ", target 2027", "2027")) {
            assertThat(Strips.PARSER.parse("<h3>INDIKATOR</h3><p>" + other + "</p>" + list))
                    .as(other)
                    .isEmpty();
        }
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

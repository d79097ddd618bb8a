package id.detak.strip;

import static id.detak.strip.Strips.PARSER;
import static id.detak.strip.Strips.parse;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts in which an item could get the numbers, the sign or the column of another one. */
@BesideTheApplication
class NeighbourNumbersTest {

    private static final String HEADING = "| : WIB | INDIKATOR |";
    private static final String LQ45 = "LQ45 898.78 -24.72 -2.68 923.50 OK";
    private static final String ISSI = "ISSI 214 0.13 0.06 213.87 OK";

    @Test
    void rowsOfLabelsGetNoNumbersThoughTheyAgree() {
        Strip strip = parse(": WIB | INDIKATOR |<div>LQ45</div><div>ISSI</div><div>898,78 -24,72 -2,68%</div>"
                + "<div>214 0,13 0,06%</div><p>Kisah</p>");
        assertThat(strip.quotes()).isEmpty();
        assertThat(strip.unknown()).hasSize(1);
        assertThat(strip.unknown().get(0)).contains("LQ45", "ISSI", "898,78", "214 0,13 0,06%");
        assertThat(parse(strip.text()).quotes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.319.000", "Rp 1.319.000", "Rp 1.319.000 0,00%", "1.319.000 per gram", "0%", "7.166,98"})
    void numbersAboveTheirLabelsAreReported(String first) {
        Strip strip = parse(": WIB | INDIKATOR |\n" + first
                + "\nEMAS\n7.166,98 6,59 0,09%\nIDX\n898,78 -24,72 -2,68%\nLQ45\n\nKisah");
        assertThat(strip.quotes()).as(strip.text()).isEmpty();
        assertThat(strip.unknown()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"↓", "⬇", "▾", "\u2796", "-", "\uFF0B"})
    void anySignInBracketsMakesThemAnOrnament(String sign) {
        Strip strip = parse(HEADING + "<ul><li>LQ45 898,78 (" + sign + "2,68%)</li><li>ISSI 214 (0,06%)</li></ul>"
                + "<p>Kisah</p>");
        assertThat(told(strip)).as(strip.text()).contains("ISSI 214 - - - UNCHECKED");
    }

    /** Only a printed colon is a clock that a script fills in. */
    @Test
    void aHeadingBelowASentenceNeedsTheColonOfItsClock() {
        String page = "<div><p>Harga emas pekan lalu bergerak seperti di bawah ini.</p>%s"
                + "<ul><li>EMAS 1.200.000 0,00%%</li><li>LQ45 898,78 -24,72 -2,68%%</li></ul></div>";
        StripLocator gold = new StripLocator("Harga Emas", null);
        assertThat(PARSER.parse(page.formatted("<h3>Harga Emas</h3>"), gold)).isEmpty();
        assertThat(PARSER.parse(page.formatted("<h3>WIB | INDIKATOR</h3>"))).isEmpty();
        assertThat(told(parse(page.formatted("<h3>: WIB | INDIKATOR</h3>")))).hasSize(2);
        assertThat(PARSER.parse("<h3>Harga Emas</h3><ul><li>EMAS 1.200.000 0,00%</li></ul>", gold))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"NIKKEI", "KOSPI200", "HANG SENG"})
    void aValueHiddenBehindAnUnknownLabelIsMissing(String label) {
        Strip strip = parse(HEADING + "<ul><li>" + label
                + " <span class=\"hide\">38.000,00</span> 120,50 0,32%</li><li>LQ45 898,78 -24,72 -2,68%</li></ul>"
                + "<p>Kisah</p>");
        assertThat(told(strip)).containsExactly(LQ45);
        assertThat(strip.unknown()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"list-item", "contents", "flow-root", "flex", "block"})
    void anItemForLargerScreensIsRead(String display) {
        Strip strip = parse(HEADING + "<ul><li>LQ45 898,78 -24,72 -2,68%</li><li class=\"hidden md:" + display
                + "\">ISSI 214 0,13 0,06%</li></ul><p>Kisah</p>");
        assertThat(told(strip)).containsExactly(LQ45, ISSI);
    }

    /** A ticker shows its items in turn. A hidden copy of an item is no item of its own. */
    @ParameterizedTest
    @ValueSource(strings = {"li", "div"})
    void theHiddenItemsOfATickerAreRead(String tag) {
        String list = "<ul><li>LQ45 898,78 -24,72 -2,68%</li><li class=\"hidden\">ISSI 214 0,13 0,06%</li>"
                + "<li class=\"d-none\">EMAS 1.319.000 0,00%</li></ul><p>Kisah</p>";
        String page =
                HEADING + (tag.equals("li") ? list : list.replace("ul>", "div>").replace("li", "div"));
        assertThat(told(parse(page))).containsExactly(LQ45, ISSI, "EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(told(parse(page.replace("EMAS 1.319.000 0,00%", "LQ45 1,00 2,00 3,00%"))))
                .containsExactly(LQ45, ISSI);
    }

    @Test
    void aWordThatMayStateASignIsAPartOfALabel() {
        String items = "<li>RD.EKUITAS PLUS 0,05%</li><li>RD.BULL 0,05%</li><li>FOO TURUN 100,00 1,00 1,01%</li>"
                + "<li>LQ45 898,78 -24,72 -2,68%</li>";
        Strip strip = parse(HEADING + "<ul>" + items + "</ul><p>Kisah</p>");
        assertThat(strip.quotes())
                .extracting(Quote::code)
                .containsExactlyInAnyOrder("RD.EKUITAS PLUS", "RD.BULL", "LQ45");
        assertThat(strip.unknown()).containsExactly("FOO TURUN 100,00 1,00 1,01%");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bursa turun", "Tutup", "Turun"})
    void aWordBeforeALabelIsNoPartOfIt(String word) {
        Strip strip = parse(HEADING + "<ul><li>" + word + "</li><li>FOO 100,00 -1,00 -0,99%</li></ul><p>Kisah</p>");
        assertThat(told(strip)).containsExactly("FOO 100.00 -1.00 -0.99 101.00 OK");
    }

    /** The dash may be the minus of its neighbours, or stand for a missing number. */
    @Test
    void aLoneDashConcernsOnlyItsNeighbours() {
        Strip strip = parse(HEADING + "<ul><li>ISSI 214 0,13 0,06%</li><li>-</li><li>EMAS 1.319.000 0,00%</li>"
                + "<li>IDX 7.166 6,59 0,09%</li><li>RD.SAHAM 0,05%</li></ul><p>Kisah</p>");
        assertThat(told(strip)).contains("IDX 7166 6.59 0.09 7159.41 OK", "RD.SAHAM - - 0.05 - UNCHECKED");
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    static Stream<String> titles() {
        return Stream.of(
                "<caption>Per 1 Desember 2026</caption>",
                "<caption>Update 14:35 WIB</caption>",
                "<caption>Data 2026</caption>",
                "<caption>Emas 24 karat</caption>",
                "<tr><td colspan=3>Per 1 Desember 2026</td></tr>");
    }

    @ParameterizedTest
    @MethodSource("titles")
    void aTitleWithADateHidesNoHead(String title) {
        Strip strip = parse(HEADING + "<table>" + title + row("Nama", "Beli", "Jual")
                + row("EMAS", "1.200.000", "1.319.000") + "</table><p>Kisah</p>");
        assertThat(strip.quotes()).as(strip.text()).isEmpty();
        Strip changes = parse(HEADING + "<table>" + title + row("Nama", "%", "Nilai") + row("LQ45", "-2,68", "898,78")
                + "</table><p>Kisah</p>");
        assertThat(told(changes)).as(changes.text()).containsExactly("LQ45 898.78 - -2.68 - UNCHECKED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 hari", "Harian", "1D"})
    void aChangeOfADayMayBeAPercent(String head) {
        String table = HEADING + "<table>" + row("Indikator", "Nilai", head) + "%s</table><p>Kisah</p>";
        Strip bare = parse(table.formatted(row("LQ45", "898,78", "-2,68")));
        assertThat(told(bare)).containsExactly("LQ45 898.78 - - - UNCHECKED");
        assertThat(bare.unknown()).hasSize(1);
        assertThat(told(parse(table.formatted(row("LQ45", "898,78", "-2,68%")))))
                .containsExactly("LQ45 898.78 - -2.68 - UNCHECKED");
    }

    @Test
    void aFundHasNoValueThatCouldBeMissing() {
        String rows = row("LQ45", "898,78", "-24,72", "-2,68%") + row("RD.SAHAM", "", "", "+0,05%");
        assertThat(told(parse(HEADING + "<table>" + rows + "</table>")))
                .containsExactly(LQ45, "RD.SAHAM - - 0.05 - UNCHECKED");
        assertThat(told(parse(HEADING + "<table>" + row("RD.SAHAM", "", "+0,05%") + "</table>")))
                .containsExactly("RD.SAHAM - - 0.05 - UNCHECKED");
    }

    @Test
    void aCellOverTwoColumnsIsNoMissingValue() {
        List<String> cells = List.of("898,78", "-24,72", "-2,68%");
        String wide = row("LQ45", cells.get(0), cells.get(1), cells.get(2)).replaceFirst("<td>", "<td colspan=2>");
        assertThat(told(parse(HEADING + "<table>" + wide + row("ISSI", "214", "0,13", "0,06%")
                        + wide.replace("LQ45", "IDX")
                                .replace("898,78", "7.166")
                                .replace("-24,72", "+6,59")
                                .replace("-2,68", "+0,09")
                        + "</table>")))
                .contains(LQ45, "IDX 7166 6.59 0.09 7159.41 OK");
    }
}

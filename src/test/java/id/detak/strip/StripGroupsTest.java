package id.detak.strip;

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

/** Strips of several lists, with sub-headings, notes and adverts before, between and within them. */
@BesideTheApplication
class StripGroupsTest {

    private static final String HEADER = "| : WIB | INDIKATOR |";
    private static final List<String> TOLD = List.of(
            "LQ45 898.78 -24.72 -2.68 923.50 OK",
            "EMAS 1319000 - 0.00 - UNCHECKED",
            "ISSI 214 0.13 0.06 213.87 OK",
            "RD.SAHAM - - 0.05 - UNCHECKED");
    private static final String ONE = "<li>LQ45 898,78 -24,72 -2.68%</li><li>EMAS 1.319.000 0,00%</li>";
    private static final String TWO = "<li>ISSI 214 0,13 0,06%</li><li>RD.SAHAM 0.05%</li>";

    static Stream<String> blocks() {
        return Stream.of(
                "<div>Iklan promo</div>",
                "<p>Data tertunda 10 menit</p>",
                "<div>(tunda 10 menit)</div>",
                "<h4>Saham</h4>",
                "<b>Saham</b>",
                "Saham",
                "<h4>Reksa <span>Dana</span></h4>",
                "<div><a href=/x>Iklan</a> <span>promo</span> <a href=/y>klik di sini</a></div>",
                "<div>Iklan</div><div>Promo</div><div>Klik</div>",
                "<div>Hanya Rp 50.000</div>",
                "<div>Promo KPR 4,5% untuk Anda</div>",
                "<div>Pukul 12:30</div>");
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void aBlockCostsNoQuote(String block) {
        for (String page : List.of(
                HEADER + block + "<ul>" + ONE + TWO + "</ul>",
                "<header><h3>INDIKATOR</h3>" + block + "<ul>" + ONE + TWO + "</ul></header>",
                HEADER + "<ul>" + ONE + "</ul>" + block + "<ul>" + TWO + "</ul>",
                HEADER + "<ul>" + ONE + block + TWO + "</ul>",
                HEADER + "<ul>" + ONE + "</ul>" + block + "<ul><li>Memuat...</li>" + TWO + "</ul>",
                HEADER + "<ul><li>Memuat...</li>" + ONE + block + "<li>N/A</li>" + TWO + "</ul>",
                HEADER + block + "<ul>" + ONE + "</ul>" + block + "<ul>" + TWO + "</ul>",
                HEADER + "<div>" + ONE.replace("li>", "div>") + "</div>" + block + "<div>" + TWO.replace("li>", "div>")
                        + "</div>",
                HEADER + "<div>" + ONE.replace("li>", "div>") + block + TWO.replace("li>", "div>") + "</div>",
                HEADER + block + "<table>" + rows(ONE) + rows(TWO) + "</table>",
                HEADER + "<table>" + rows(ONE) + "</table>" + block + "<table>" + rows(TWO) + "</table>")) {
            Strip strip = parse(page + "<p>Kisah</p>");
            assertThat(told(strip)).as(page).containsExactlyElementsOf(TOLD);
            if (!block.contains("(")) { // a part of the heading
                assertThat(strip.unknown()).as(page).isNotEmpty();
            }
            assertThat(parse(strip.text()).quotes()).as(strip.text()).isEqualTo(strip.quotes());
        }
    }

    private static String rows(String items) {
        return items.replace("<li>", "<tr><td>").replace("</li>", "</td></tr>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Iklan ", "kata 10 ", "x", "7", "LQ45 1 ", "promo <b>10</b> % ", "<br>kata"})
    void aLongItemCostsNoOther(String words) {
        String item = "<li>" + words.repeat(1500) + "</li>";
        for (String items : List.of(item + ONE + TWO, ONE + item + TWO)) {
            Strip strip = parse(HEADER + "<ul>" + items + "</ul><p>Kisah</p>");
            assertThat(told(strip)).as(words).containsExactlyElementsOf(TOLD);
            assertThat(strip.unknown()).hasSize(1);
            assertThat(strip.unknown().get(0)).hasSizeLessThanOrEqualTo(200);
            assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
        }
        String text = HEADER + "\n• LQ45 898,78 -24,72 -2.68%\n• Iklan " + "kata ".repeat(300)
                + "\n• EMAS 1.319.000 0,00%\n• ISSI 214 0,13 0,06%\n• RD.SAHAM 0.05%\n";
        assertThat(told(parse(text))).containsExactlyElementsOf(TOLD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Saham\n", "(tunda 10 menit)\n", "Indeks saham\nHarga penutupan\n"})
    void aNoteBelowTheHeadingCostsNoQuoteInPlainText(String note) {
        String items = "LQ45 898,78 -24,72 -2.68%\nEMAS 1.319.000 0,00%\nISSI 214 0,13 0,06%\nRD.SAHAM 0.05%\n";
        for (String page : List.of(
                HEADER + "\n" + note + items,
                HEADER + "\n" + note + items.replaceAll("(?m)^(?=.)", "• "),
                HEADER + "\n\n" + note + "\n" + items.replaceAll("(?m)^(?=.)", "• "),
                "<b>" + HEADER + "</b><p>" + note.strip() + "</p><p>"
                        + items.strip().replace("\n", "</p><p>") + "</p>")) {
            assertThat(told(parse(page))).as(page).containsExactlyElementsOf(TOLD);
            assertThat(parse(page).unknown()).as(page).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aListBelowProseOrOfOtherThingsIsNoPartOfTheStrip() {
        String strip = HEADER + "<ul>" + ONE + TWO + "</ul>";
        for (String behind : List.of(
                "<p>Ekonom memperkirakan indeks naik tahun depan:</p><ul><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<p>Kisah</p><ul><li>Berita 7%</li></ul>",
                "<h1>Prospek indeks</h1><ul><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<h2>Proyeksi</h2><p>Kisah</p><table><tr><td>IDX</td><td>8.000</td><td>1,27%</td></tr></table>",
                "<h3>Proyeksi</h3><ul><li>LQ45 950,00 50,00 5,56%</li><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<article><p>Kisah</p><ul><li>IDX 8.000 100,00 1,27%</li></ul></article>",
                "<h4>Terbaru</h4><ul><li>EMAS naik 2,5%</li><li>Rupiah 16.000</li></ul>")) {
            assertThat(told(parse(strip + behind))).as(behind).containsExactlyElementsOf(TOLD);
            assertThat(parse(strip + behind).unknown()).as(behind).isEmpty();
        }
    }
}

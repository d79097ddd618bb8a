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
                "<article><p>Kisah</p><ul><li>IDX 8.000 100,00 1,27%</li></ul></article>",
                "<h4>Terbaru</h4><ul><li>EMAS naik 2,5%</li><li>Rupiah 16.000</li></ul>")) {
            assertThat(told(parse(strip + behind))).as(behind).containsExactlyElementsOf(TOLD);
            assertThat(parse(strip + behind).unknown()).as(behind).isEmpty();
        }
    }

    /** Boxes with the numbers of another time, or without any evidence of being current. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h2>Proyeksi</h2><p>Kisah</p><table><tr><td>IDX</td><td>8.000</td><td>1,27%</td></tr></table>",
                "<h3>Proyeksi</h3><ul><li>LQ45 950,00 50,00 5,56%</li><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<h3>Terpopuler</h3><ul><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<p>Proyeksi 2027</p><ul><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<b>Akhir tahun lalu</b><ul><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<div class=box><h4>Proyeksi 2027</h4><ul><li>USD/IDR 15.000</li><li>INFLASI 2,80%</li><li>IDX30"
                        + " 450</li></ul></div>",
                "<div class=box><ul><li>IDX 8.000 100,00 1,27%</li><li>USD/IDR 15.000 0,00 0,00%</li></ul></div>",
                "<aside><ul><li>IDX 8.000 100,00 1,27%</li></ul></aside>",
                "<aside><h4>Saham</h4><ul><li>IDX 8.000 100,00 1,27%</li></ul></aside>",
                "<ul><li>USD/IDR 15.000</li><li>INFLASI 2,80%</li><li>IDX30 450</li></ul>",
                "<ul><li>ISSI 215 0,13 0,06%</li><li>IDX 8.000 100,00 1,27%</li></ul>",
                "<table><tr><td>IDX</td><td>8.000</td><td>9,27%</td></tr></table>",
                "<h2>Reksa Dana Pilihan</h2><ul><li>RD.CAMPURAN 0.05%</li></ul>"
            })
    void aBoxBehindTheStripIsReportedButNotRead(String box) {
        for (String strip : List.of(
                HEADER + "<ul>" + ONE + TWO + "</ul>",
                "<div class=strip>" + HEADER + "<ul>" + ONE + TWO + "</ul></div>",
                HEADER + "<table>" + rows(ONE) + rows(TWO) + "</table>")) {
            Strip read = parse(strip + box + "<p>Kisah</p>");
            assertThat(told(read)).as(strip + box).containsExactlyElementsOf(TOLD);
            assertThat(read.unknown()).as(strip + box).isNotEmpty();
            assertThat(parse(read.text()).quotes()).isEqualTo(read.quotes());
        }
    }

    /** A list or table between two of the strip's is reported and costs none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<table><tr><td>Iklan</td></tr></table>",
                "<table><tr><td>IDX</td><td>N/A</td></tr></table>",
                "<table><tr><td>JIBOR 1M</td><td>6,10%</td></tr></table>",
                "<table><tr><td>Nama</td><td>Bid</td><td>Ask</td></tr><tr><td>USD/IDR</td><td>16.100</td><td>16.200</td></tr></table>",
                "<ul><li>Beranda</li><li>Berita</li></ul>",
                "<ul><li>IDX30 450</li></ul><ul><li>IDX80 100</li></ul>",
                "<div class=box><h4>Proyeksi 2027</h4><ul><li>IDX30 450</li></ul></div>"
            })
    void aListOfOtherThingsCostsNoList(String list) {
        for (String page : List.of(
                HEADER + "<ul>" + ONE + "</ul>" + list + "<ul>" + TWO + "</ul>",
                HEADER + list + "<ul>" + ONE + "</ul><ul>" + TWO + "</ul>",
                HEADER + "<table>" + rows(ONE) + "</table>" + list + "<table>" + rows(TWO) + "</table>",
                HEADER + "<ul>" + ONE + "</ul>" + list + "<h3>Indeks</h3><ul>" + TWO + "</ul>")) {
            if (page.startsWith(HEADER + "<div class=box") || page.startsWith(HEADER + "<ul><li>IDX30")) {
                continue; // it looks like the strip
            }
            Strip strip = parse(page + "<p>Kisah</p>");
            assertThat(told(strip)).as(page).containsExactlyElementsOf(TOLD);
            assertThat(strip.unknown()).as(page).isNotEmpty();
            assertThat(parse(strip.text()).quotes()).as(strip.text()).isEqualTo(strip.quotes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<table><tr><td>IDX</td><td>N/A</td></tr></table>",
                "<table><tr><td>JIBOR 1M</td><td>6,10%</td></tr></table>",
                "<table><tr><td>Nama</td><td>Bid</td><td>Ask</td></tr><tr><td>USD/IDR</td><td>16.100</td><td>16.200</td></tr></table>",
                "<h2>Reksa Dana Pilihan</h2><ul><li>RD.CAMPURAN 0.05%</li></ul>"
            })
    void aListBehindTheLastOneIsReported(String list) {
        Strip strip = parse(HEADER + "<ul>" + ONE + TWO + "</ul>" + list + "<p>Kisah</p>");
        assertThat(told(strip)).containsExactlyElementsOf(TOLD);
        assertThat(strip.unknown()).hasSize(1);
    }

    @Test
    void groupsWithTheirNamesInEqualElementsAreRead() {
        String page = "<div>" + HEADER + "</div><div class=g><h4>Saham</h4><ul><li>LQ45 898,78 -24,72 -2.68%</li></ul>"
                + "</div><div class=g><h4>Komoditas</h4><ul><li>EMAS 1.319.000 0,00%</li></ul></div>"
                + "<div class=g><h2>Indeks dan Reksa Dana</h2><ul>" + TWO + "</ul></div>";
        assertThat(told(parse(page))).containsExactlyElementsOf(TOLD);
        assertThat(told(parse(page.replace("Komoditas", "Iklan")))).hasSize(3);
        assertThat(told(parse(page.replaceFirst("class=g", "class='g g-1 active'"))))
                .containsExactlyElementsOf(TOLD);
    }

    /** Equal boxes but for the name of a group. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "saham emas reksa-dana",
                "strip-saham strip-emas strip-reksadana",
                "stocks gold funds",
                "g g g",
                "boxSaham boxEmas boxReksaDana",
                "g1 g2 g3"
            })
    void boxesWithTheNamesOfGroupsAreRead(String names) {
        String[] classes = names.split(" ");
        String page = "<div>" + HEADER + "<div class='tab %s active'><ul><li>LQ45 898,78 -24,72 -2.68%%</li></ul></div>"
                + "<div class='tab %s'><ul><li>EMAS 1.319.000 0,00%%</li></ul></div>"
                + "<div class='tab %s'><ul><li>RD.SAHAM 0.05%%</li></ul></div></div><p>Kisah</p>";
        Strip strip = parse(page.formatted((Object[]) classes));
        assertThat(told(strip)).containsExactly(TOLD.get(0), TOLD.get(1), TOLD.get(3));
        assertThat(strip.unknown()).isEmpty();
        assertThat(parse(page.formatted(classes[0], "promo", classes[2])).unknown())
                .as("a box of another name")
                .containsExactly("EMAS 1.319.000 0,00%");
    }

    /** Gold prints no change, so that its numbers cannot be checked. */
    @Test
    void goldInAListOfItsOwnIsReadBesideTheStrip() {
        String strip = HEADER + "<ul><li>LQ45 898,78 -24,72 -2.68%</li></ul>";
        String gold = "<ul><li>EMAS 1.319.000 0,00%</li></ul><p>Kisah</p>";
        assertThat(told(parse(strip + gold))).containsExactly(TOLD.get(0), TOLD.get(1));
        for (String other : List.of(
                strip + gold.replace(" 0,00%", ""),
                strip + "<h3>Terpopuler</h3>" + gold,
                strip + "<p>Proyeksi</p>" + gold,
                strip + "<div>" + gold + "</div>",
                strip + gold.replace("</li>", "</li><li>LQ45 950,00 50,00 5,56%</li>"))) {
            assertThat(told(parse(other))).as(other).containsExactly(TOLD.get(0));
            assertThat(parse(other).unknown()).as(other).isNotEmpty();
        }
    }

    @Test
    void moreQuotesThanAStripHasAreReported() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i < 205; i++) {
            items.append("<li>RD.FOO")
                    .append((char) ('A' + i / 26))
                    .append((char) ('A' + i % 26))
                    .append(" 0,05%</li>");
        }
        Strip strip = parse(HEADER + "<ul>" + items + "</ul>");
        assertThat(strip.quotes()).hasSize(200);
        assertThat(strip.unknown()).hasSize(1);
    }
}

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

/** Whole pages in the layouts of many sites. */
@BesideTheApplication
class PageLayoutsTest {

    private static final String LQ45 = "LQ45 898,78 -24,72 -2,68%";
    private static final String EMAS = "EMAS 1.319.000 0,00%";
    private static final String ISSI = "ISSI 214 0,13 0,06%";
    private static final List<String> TOLD = List.of(
            "LQ45 898.78 -24.72 -2.68 923.50 OK", "EMAS 1319000 - 0.00 - UNCHECKED", "ISSI 214 0.13 0.06 213.87 OK");
    private static final String LIST = "<ul><li>" + LQ45 + "</li><li>" + EMAS + "</li><li>" + ISSI + "</li></ul>";
    private static final String HEADING = ": WIB | INDIKATOR |";
    private static final String ARTICLE =
            "<article><h1>Indeks melemah pada Senin</h1><p>Indeks LQ45 turun 2,68% ke 898,78,"
                    + " kata seorang analis di Jakarta.</p><table><tr><th>Indikator</th><th>2025</th><th>2026F</th></tr>"
                    + "<tr><td>IDX</td><td>7.100</td><td>8.000</td></tr></table></article>";

    private static String fields(String row, String field) {
        StringBuilder items = new StringBuilder();
        for (String item : List.of(LQ45, EMAS, ISSI)) {
            items.append("<%s>".formatted(row));
            for (String one : item.split(" ")) {
                items.append("<%s>%s</%s>".formatted(field, one, field));
            }
            items.append("</%s>".formatted(row));
        }
        return items.toString();
    }

    static Stream<String> pages() {
        return Stream.of(
                "<marquee>INDIKATOR | " + String.join(" | ", LQ45, EMAS, ISSI) + "</marquee>" + ARTICLE,
                "<div class=marquee><b>INDIKATOR</b> <span>" + String.join("</span> &bull; <span>", LQ45, EMAS, ISSI)
                        + "</span></div>" + ARTICLE,
                "<header class='sticky top-0'><nav><ul><li><a href=/>Home</a></li></ul></nav><div>14:35 WIB"
                        + " | INDIKATOR |"
                        + LIST + "</div></header>" + ARTICLE,
                "<html amp><body><amp-sidebar><ul><li>Menu</li></ul></amp-sidebar><amp-carousel><div>" + HEADING + LIST
                        + "</div></amp-carousel><amp-ad></amp-ad>" + ARTICLE + "</body></html>",
                "<body onload='print()'><table border=1><caption>INDIKATOR 01/12/2026 14:35 WIB</caption>"
                        + fields("tr", "td") + "</table><hr>" + ARTICLE,
                HEADING + "<div id=div-gpt-ad-1><iframe src=x></iframe></div>" + LIST + ARTICLE,
                "<div>" + HEADING + "<select><option>LQ45 1,00 2%</option></select>" + LIST + "</div>" + ARTICLE,
                ARTICLE + "<footer><div>14:35 WIB | INDIKATOR</div>" + LIST + "</footer>",
                "<div><h1>Indeks melemah pada Senin</h1><p>Indeks LQ45 turun 2,68%, kata seorang analis.</p></div>"
                        + "<div class=widget>14:35 WIB | INDIKATOR" + LIST + "</div>",
                "<div role=dialog><h2>Kami menghargai privasi Anda sebagai pembaca</h2><p>Kami memakai cookie.</p></div>"
                        + "<div>"
                        + HEADING + LIST + "</div>" + ARTICLE,
                "<section><h2>Indikator</h2><div class=cards>"
                        + fields("div class=card", "div").replace("/div class=card", "/div") + "</div></section>"
                        + ARTICLE,
                HEADING + "<div>" + fields("button", "span") + "</div>" + ARTICLE,
                "<table width=100%><tr><td><b>INDIKATOR</b><br>" + String.join("<br>", LQ45, EMAS, ISSI)
                        + "<br></td><td>" + ARTICLE + "</td></tr></table>",
                "<table><tr><td>" + HEADING + "</td></tr><tr><td><table>" + fields("tr", "td")
                        + "</table></td></tr></table>" + ARTICLE,
                "<aside><p><b>INDIKATOR</b></p><p>"
                        + String.join("</p><p>", LQ45, EMAS, ISSI).replace(" ", "<br>") + "</p></aside>" + ARTICLE,
                HEADING + "<ul><li>" + String.join("<li>", LQ45, EMAS, ISSI) + "</ul>" + ARTICLE,
                HEADING + LIST + "<noscript>" + HEADING + LIST.replace("214", "215") + "</noscript>" + ARTICLE,
                HEADING + LIST + LIST.replace("<ul>", "<ul aria-hidden=true>") + ARTICLE,
                HEADING + LIST + LIST.replace("<li>", "<li class=clone>") + ARTICLE,
                "<div class='hidden md:block'>" + HEADING + LIST + "</div>" + ARTICLE,
                "<div class='hidden'>" + HEADING + LIST + "</div>" + ARTICLE,
                "<div>" + HEADING + LIST + "</div><div class=mobile>" + HEADING
                        + "<ul><li>ISSI 214 0,13 0,06%</li><li>LQ45 898,78 -24,72 -2,68%</li></ul></div>" + ARTICLE,
                "<h3>INDIKATOR</h3><ol><li>1. " + LQ45 + "</li><li>2. " + EMAS + "</li><li>3. " + ISSI + "</li></ol>",
                "<p>14:35 WIB | INDIKATOR | " + String.join("; ", LQ45, EMAS, ISSI) + "</p>" + ARTICLE,
                "<p>14:35 WIB | INDIKATOR | " + String.join(" / ", LQ45, EMAS, ISSI) + "</p>" + ARTICLE,
                HEADING + "<table><tr><td>1</td>"
                        + fields("tr", "td")
                                .substring(4)
                                .replace("</tr><tr>", "</tr><tr><td></td>")
                                .replaceFirst("<td></td>", "<td>2</td>")
                                .replaceFirst("<td></td>", "<td>3</td>")
                        + "</table>" + ARTICLE,
                // plain text
                "KONTAN.CO.ID\n\nINDIKATOR\n" + String.join("\n", LQ45, EMAS, ISSI)
                        + "\n\nIndeks melemah\nIndeks LQ45 turun 2,68% ke 898,78, kata seorang analis.\n",
                "INDIKATOR\n1. " + LQ45 + "\n2. " + EMAS + "\n3. " + ISSI + "\n\nJudul\n",
                "INDIKATOR\n- " + String.join("\n- ", LQ45, EMAS, ISSI) + "\n\nJudul\n",
                "## INDIKATOR\n\n* **LQ45** 898,78 -24,72 -2,68%\n* **EMAS** 1.319.000 0,00%\n"
                        + "* **ISSI** 214 0,13 0,06%\n",
                "| : WIB | INDIKATOR |\n  * [" + LQ45 + "](https://x/1)\n  * [" + EMAS + "](/x/2)\n  * [" + ISSI
                        + "](/x/3)\n",
                "| : WIB | INDIKATOR |\n     * [12]" + LQ45 + "\n     * [13]" + EMAS + "\n     * [14] " + ISSI + "\n",
                "14:35 WIB | INDIKATOR\nLQ45 | 898,78 | -24,72 | -2,68%\nEMAS | 1.319.000 | - | 0,00%\n"
                        + "ISSI | 214 | 0,13 | 0,06%\n\nJudul\n",
                "INDIKATOR\n" + String.join("\n", LQ45, EMAS, ISSI).replace(" ", "\t") + "\n\nJudul\n",
                "| : WIB | INDIKATOR |\n|---|---|---|---|\n| LQ45 | 898,78 | -24,72 | -2,68% |\n"
                        + "| EMAS | 1.319.000 | | 0,00% |\n| ISSI | 214 | 0,13 | 0,06% |\n");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void aLayoutIsRead(String page) {
        Strip strip = parse(page);
        assertThat(told(strip)).as(page).containsExactlyElementsOf(TOLD);
        assertThat(strip.unknown()).as(page).isEmpty();
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }

    /** Labels first and their values behind: no value is known to be that of its neighbour. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div><div>LQ45</div><div>ISSI</div></div><div><div>898,78</div><div>214</div></div>",
                "<div><p>RD.SAHAM</p><p>RD.CAMPURAN</p></div><div><p>0,05%</p><p>0,10%</p></div>",
                "<ul><li>LQ45</li><li>ISSI</li></ul><ul><li>898,78</li><li>214</li></ul>",
                "<ul><li>LQ45</li><li>ISSI</li><li>898,78</li><li>214</li></ul>",
                "<p>LQ45<br>EMAS<br>898,78<br>1.319.000</p>",
                "<div>LQ45</div><div>EMAS</div><div>ISSI</div><div>898,78</div><div>1.319.000</div><div>214</div>"
            })
    void labelsBeforeTheirValuesAreReported(String rows) {
        for (String page : List.of(
                "<div>" + HEADING + "</div>" + rows + "<p>Kisah</p>",
                "| : WIB | INDIKATOR |\n" + rows.replaceAll("(<[^>]*>)+", "\n").strip() + "\n\nKisah\n")) {
            Strip strip = parse(page);
            assertThat(strip.quotes()).as(page).isEmpty();
            assertThat(strip.unknown()).as(page).isNotEmpty();
            assertThat(parse(strip.text()).quotes()).isEmpty();
        }
    }

    /** Values above their labels: each label seems to have the numbers of the next one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div><p>898,78</p><p>-24,72 (-2,68%)</p><p>LQ45</p></div><div><p>214</p><p>0,13 (0,06%)</p>"
                        + "<p>ISSI</p></div>",
                "<span>898,78 -24,72 -2,68%</span> <b>LQ45</b> <span>214 0,13 0,06%</span> <b>ISSI</b>"
                        + " <span>7.166 6,59 0,09%</span> <b>IDX</b>",
                "<p>0,05%</p><p>RD.SAHAM</p><p>0,10%</p><p>RD.CAMPURAN</p>",
                "<ul><li>898,78 -2,68% LQ45</li><li>214 0,06% ISSI</li></ul>"
            })
    void valuesBeforeTheirLabelsAreReported(String values) {
        for (String page : List.of(
                "<div>" + HEADING + "</div><div>" + values + "</div><p>Kisah</p>",
                "| : WIB | INDIKATOR |\n"
                        + values.replaceAll("\\s*(<[^>]*>)+\\s*", "\n").strip() + "\n\nKisah\n")) {
            Strip strip = parse(page);
            assertThat(strip.quotes()).as(page).isEmpty();
            assertThat(strip.unknown()).as(page).isNotEmpty();
            assertThat(parse(strip.text()).quotes()).as(strip.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026", "5%", "14:35"})
    void anOddNumberBeforeTheFirstLabelCostsNoQuote(String odd) {
        Strip strip = parse("| : WIB | INDIKATOR |\n" + odd + "\n" + LQ45 + "\n" + ISSI + "\nEMAS\n\nKisah\n");
        assertThat(told(strip)).containsExactly(TOLD.get(0), TOLD.get(2));
    }

    /** Where one item prints its sign within brackets, the brackets of another one are no minus. */
    @Test
    void bracketsAreAnOrnamentIfOneHoldsASign() {
        Strip strip = parse(HEADING + "<ul><li>LQ45 898,78 (-2,68%)</li><li>ISSI 214 (0,06%)</li>"
                + "<li>IDX 7.166 -6,59 (0,09%)</li><li>EMAS 1.319.000 (0,00%)</li><li>RD.SAHAM (0,05%)</li></ul>");
        assertThat(told(strip))
                .containsExactly(
                        "LQ45 898.78 - -2.68 - UNCHECKED",
                        "ISSI 214 - - - UNCHECKED",
                        "IDX 7166 -6.59 -0.09 7172.59 OK",
                        "EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("ISSI 214 (0,06%)", "RD.SAHAM (0,05%)");
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }

    /** An arrow of its own may be that of the number before or behind it, a heading that of all numbers below it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<ul><li>IDX 7.166 6,59 0,09%</li><li>▼</li><li>IDX30 427 6,80 1,62%</li></ul>",
                "<ul><li>IDX30 427 6,80 1,62%</li><li>IDX 7.166 6,59 0,09%</li><li>▼</li></ul>",
                "<ul><li>IDX30 427 6,80 1,62%</li><li><i class=down></i></li><li>IDX 7.166 6,59 0,09%</li></ul>",
                "<div><div>▼</div><div>IDX 7.166 6,59 0,09%</div><div>IDX30 427 6,80 1,62%</div></div>",
                "<div><div><div>-</div><div>IDX 7.166 6,59 0,09%</div></div><div><div></div>"
                        + "<div>IDX30 427 6,80 1,62%</div></div></div>",
                "<div><p>Turun</p><p>IDX 7.166 6,59 0,09%</p><p>Naik</p><p>IDX30 427 6,80 1,62%</p></div>",
                "<ul><li>Melemah</li><li>IDX 7.166 6,59 0,09%</li><li>Menguat</li><li>IDX30 427 6,80 1,62%</li></ul>",
                "<table><tr><td>Top losers</td></tr><tr><td>IDX</td><td>7.166</td><td>6,59</td>"
                        + "<td>0,09%</td></tr><tr><td>IDX30</td><td>427</td><td>6,80</td><td>1,62%</td></tr></table>",
                "\nTurun:\n• IDX 7.166 6,59 0,09%\nNaik:\n• IDX30 427 6,80 1,62%\n",
                "\nIDX 7.166 6,59 0,09%\n▼\nIDX30 427 6,80 1,62%\n▲\n",
                "\n▼\nIDX 7.166 6,59 0,09%\n▲\nIDX30 427 6,80 1,62%\n"
            })
    void aSignOfItsOwnMayBeThatOfItsNeighbours(String list) {
        Strip strip = parse("| : WIB | INDIKATOR |" + list + (list.contains("<") ? "<p>Kisah</p>" : ""));
        assertThat(told(strip))
                .as(strip.text())
                .containsExactlyInAnyOrder("IDX 7166 - - - UNCHECKED", "IDX30 427 6.80 1.62 420.20 OK");
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }

    /** A page that prints the minus of its falls shows signs nowhere else. */
    @ParameterizedTest
    @ValueSource(strings = {"<li>▲ naik</li><li>▼ turun</li>", "<li>▼</li>", "<li>Bursa melemah</li>"})
    void aLegendCostsNoQuoteIfFallsArePrinted(String legend) {
        Strip strip =
                parse(HEADING + "<ul>" + legend + "<li>IDX 7.166 6,59 0,09%</li><li>" + LQ45 + "</li></ul><p>K</p>");
        assertThat(told(strip)).containsExactly("IDX 7166 6.59 0.09 7159.41 OK", TOLD.get(0));
    }

    /** Changes over another time than a day. */
    @ParameterizedTest
    @ValueSource(strings = {"Perubahan mingguan", "Kinerja bulanan", "Dalam sepekan", "YTD", "Weekly change"})
    void changesOfAnotherTimeAreNoStrip(String note) {
        assertThat(Strips.PARSER.parse("<h3>INDIKATOR</h3><p>" + note + "</p>" + LIST))
                .isEmpty();
    }

    @Test
    void columnsOfOtherTimesAreReported() {
        Strip strip = parse(HEADING + "<table><tr><th>Indikator</th><th>Terakhir</th><th>1 Hari</th><th>1 Minggu</th>"
                + "<th>YTD</th></tr><tr><td>LQ45</td><td>898,78</td><td>-2,68%</td><td>1,00%</td><td>5,10%</td></tr>"
                + "</table>");
        assertThat(told(strip)).containsExactly("LQ45 898.78 - -2.68 - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("1 Minggu ¦ YTD");
    }
}

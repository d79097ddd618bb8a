package id.detak.strip;

import static id.detak.strip.Strips.parse;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A style sheet may show the sign of a number that has none in the markup. */
@BesideTheApplication
class StyleSignsTest {

    private static final List<String> OTHERS = List.of(
            "KOMPAS100 1.055 -9,60 -0,90%", "LQ45 898,78 <span class=\"chg\">-24,72</span> <span>-2.68%</span>");
    private static final String SHEET = "<style>.x::before,.zq9::after,.k-1::before{content:\"\\25BC\"}</style>";

    private static Strip strip(String item) {
        return parse(SHEET + "<div>| : WIB | INDIKATOR |<ul><li>" + String.join("</li><li>", OTHERS) + "</li>"
                + (item.startsWith("<li") ? item : "<li>" + item + "</li>") + "</ul></div><p>Kisah</p>");
    }

    private static String last(Strip strip) {
        return told(strip).get(told(strip).size() - 1);
    }

    /** 6,59 may be a fall as well as a rise: 0,09 % fits both. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDX 7.166 <span class=\"x\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"x\">6,59</span> 0,09%",
                "IDX 7.166 <span class=\"x\">6,59</span> <span class=\"x\">0,09%</span>",
                "IDX 7.166 <span class=\"chg x\">6,59</span> <span class=\"pct\">0,09%</span>",
                "IDX 7.166 <b><span class=\"x\">6,59</span></b> 0,09%",
                "IDX 7.166 <span class=\"x\"><b>6,59</b> 0,09%</span>",
                "IDX 7.166 <span class=\"x\"></span>6,59 0,09%",
                "IDX 7.166 <i class=\"x\"></i>6,59 0,09%",
                "IDX 7.166 6,59 0,09% <span class=\"x\"></span>",
                "IDX 7.166 6,59 <span class=\"x\">0,09%</span>",
                "IDX <span class=\"x\">7.166</span> 6,59 0,09%",
                "<span class=\"x\">IDX 7.166 6,59 0,09%</span>",
                "<div class=\"x\">IDX 7.166 6,59 0,09%</div>",
                "<li class=\"x\">IDX 7.166 6,59 0,09%</li>",
                "IDX 7.166 <span class=\"k-1\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"text-rose-600\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"color:var(--turunan)\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"color:#e53935\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"background:url(17.png)\">6,59 0,09%</span>",
                "IDX 7.166 <font color=\"#c00\">6,59 0,09%</font>",
                "IDX 7.166 <span data-trend=\"2\">6,59 0,09%</span>",
                "IDX 7.166 <span data-color=\"red\">6,59 0,09%</span>",
                "IDX 7.166 <span data-arah=\"b\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"panah-bawah\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"background-color:red\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"background-position:0 -17px\"></span> 6,59 0,09%",
                "IDX 7.166 <span style=\"--dir:-1\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"transform:rotate(180deg)\"></span> 6,59 0,09%",
                "IDX 7.166 <font bgcolor=\"#ff0000\">6,59</font> 0,09%",
                "IDX 7.166 <span data-positive=\"false\">6,59 0,09%</span>",
                "IDX 7.166 <span data-is-up=\"0\">6,59 0,09%</span>",
                "IDX 7.166 <span state=\"2\">6,59 0,09%</span>",
                "IDX 7.166 <span data-q=\"17\">6,59 0,09%</span>",
                "IDX 7.166 <i></i> 6,59 0,09%",
                "IDX 7.166 <span aria-hidden=\"true\">\u02c5</span> 6,59 0,09%",
                "IDX 7.166 <span aria-hidden=\"true\">\uf0d7</span> 6,59 0,09%",
                "IDX 7.166 <input type=\"image\" src=\"/d.png\"> 6,59 0,09%",
                "<li style=\"border-left:3px solid red\">IDX 7.166 6,59 0,09%</li>",
                "<li style=\"box-shadow:0 0 2px var(--c)\">IDX 7.166 6,59 0,09%</li>",
                "IDX 7.166 <canvas></canvas> 6,59 0,09%",
                "IDX 7.166 <canvas aria-hidden=\"true\"></canvas> 6,59 0,09%",
                "IDX 7.166 <i class=\"x\" aria-hidden=\"true\"></i> 6,59 0,09%",
                "IDX 7.166 <object data=\"17.svg\"></object> 6,59 0,09%",
                "IDX 7.166 <iconify-icon icon=\"17\"></iconify-icon> 6,59 0,09%",
                "IDX 7.166 <x-change>6,59 0,09%</x-change>",
                "IDX 7.166 <span class=\"m\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"d\">6,59 0,09%</span>",
                "IDX 7.166 6,59 0,09% <i class=\"fa fa-chevron-down\"></i>",
                "IDX 7.166 <span class=\"positioned negative-margin\">6,59 0,09%</span>",
                "<span class=\"dot merah\"></span> IDX 7.166 6,59 0,09%",
                "<span class=\"merah\">IDX</span> 7.166 6,59 0,09%",
                "<span class=\"q7\">IDX</span> 7.166 6,59 0,09%",
                "<i class=\"q7\"></i> IDX 7.166 6,59 0,09%",
                "IDX <i class=\"q7\"></i> 7.166 6,59 0,09%",
                "<li class=\"naik\">IDX 7.166 <i class=\"fa fa-caret-down\"></i> 6,59 0,09%</li>",
                "IDX 7.166 <span class=\"naik\">-6,59 -0,09%</span>",
                "IDX 7.166 <span class=\"turun\">+6,59 +0,09%</span>",
                "IDX 7.166 <span class=\"turun\">▲ 6,59 0,09%</span>",
                "IDX 7.166 +6,59 +0,09% <i class=\"fa fa-caret-down\"></i>"
            })
    void aClassThatIsNotUnderstoodMayShowTheSign(String item) {
        Strip strip = strip(item);
        assertThat(last(strip)).as(strip.text()).isEqualTo("IDX 7166 - - - UNCHECKED");
        assertThat(strip.quotes()).hasSize(3);
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDX 7.166 <span data-trend=\"-1\">6,59 0,09%</span>",
                "IDX 7.166 <span data-direction=\"-1.0\">6,59</span> 0,09%",
                "IDX 7.166 <span class=\"change change--neg\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"dn\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"price__dn\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"x dn\">6,59 0,09%</span>",
                "IDX 7.166 <span data-arah=\"turun\">6,59 0,09%</span>",
                "IDX 7.166 <span data-change=\"-6.59\">6,59 0,09%</span>",
                "IDX 7.166 <span data-change=\"down\">6,59 0,09%</span>",
                "IDX 7.166 <span data-sign=\"-\">6,59</span> 0,09%",
                "IDX 7.166 <span data-value=\"-6.59\">6,59</span> 0,09%",
                "IDX 7.166 <data value=\"-6.59\">6,59</data> 0,09%",
                "IDX 7.166 <span data-before=\"▼\">6,59</span> 0,09%",
                "IDX 7.166 <span class=\"▼\">6,59</span> 0,09%",
                "IDX 7.166 <span aria-hidden=\"true\">-</span>6,59 0,09%",
                "IDX 7.166 <span aria-hidden=\"true\">▼</span>6,59 0,09%",
                "IDX 7.166 <price-down>6,59 0,09%</price-down>",
                "IDX 7.166 <ion-icon name=\"caret-down\"></ion-icon> 6,59 0,09%",
                "IDX 7.166 <s-icon name=\"down\"></s-icon> 6,59 0,09%",
                "IDX 7.166 <iconify-icon icon=\"mdi:arrow-down\"></iconify-icon> 6,59 0,09%",
                "IDX 7.166 <object data=\"/img/down.svg\"></object> 6,59 0,09%",
                "IDX 7.166 <span data-negative=\"true\">6,59 0,09%</span>",
                "IDX 7.166 <span data-is-down=\"1\">6,59</span> 0,09%",
                "IDX 7.166 <i class=\"material-icons\">arrow_drop_down</i> 6,59 0,09%",
                "IDX 7.166 <i class=\"material-icons\">south</i> 6,59 0,09%",
                "IDX 7.166 <span class=\"material-symbols-outlined\" aria-hidden=\"true\">trending_down</span> 6,59 0,09%",
                "IDX 7.166 <span class=\"terkoreksi\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"x\">-6,59 -0,09%</span>",
                "IDX 7.166 <span class=\"x\">▼ 6,59 0,09%</span>"
            })
    void aFallThatTheMarkupStatesIsOne(String item) {
        assertThat(last(strip(item))).isEqualTo("IDX 7166 -6.59 -0.09 7172.59 OK");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "IDX 7.166 6,59 0,09%",
                "IDX 7.166 <span>6,59</span> <span>0,09%</span>",
                "IDX <b class=\"value\">7.166</b> <i class=\"chg fs-12\">6,59</i> <i class=\"percent right\">0,09%</i>",
                "IDX 7.166 <span class=\"up\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"change change--pos x\">6,59 0,09%</span>",
                "IDX 7.166 <span data-trend=\"1\">6,59 0,09%</span>",
                "IDX 7.166 <span class=\"text-green-500\">6,59 0,09%</span>",
                "IDX 7.166 <span data-offset=\"-20\" data-value=\"6.59\">6,59 0,09%</span>",
                "<img src=\"/img/logo-idx.png\" alt=\"IDX\"> IDX 7.166 6,59 0,09%",
                "IDX 7.166 <span aria-hidden=\"true\">|</span> 6,59 <span aria-hidden=\"true\">·</span> 0,09%",
                "IDX 7.166 <span class=\"m-2 mt-auto\">6,59 0,09%</span>",
                "IDX 7.166 <span style=\"padding:2px;background-color:#fff;text-align:right\">6,59 0,09%</span>",
                "IDX 7.166 <span data-negative=\"false\" data-up=\"true\">6,59 0,09%</span>",
                "<li class=\"d-flex justify-content-between list-group-item idx\">IDX 7.166 6,59 <b class=\"color-green\">0,09%</b></li>",
                "<a class=\"item active\" href=\"/idx\">IDX 7.166 6,59 0,09%</a>",
                "IDX 7.166 <span id=\"c3\" data-id=\"17\" data-v-1a2b3c>6,59 0,09%</span>",
                "IDX 7.166 <span style=\"color:#333;font-size:12px\">6,59 0,09%</span>"
            })
    void aBareNumberInPlainMarkupIsARise(String item) {
        assertThat(last(strip(item))).isEqualTo("IDX 7166 6.59 0.09 7159.41 OK");
    }

    /** 6,80 / 420,20 = 1,62 %, but 6,80 / 433,80 = 1,57 %. */
    @Test
    void numbersThatAgreeOnlyWithARiseLeaveNoDoubt() {
        assertThat(last(strip("IDX30 427 <span class=\"x\">6,80 1,62%</span>")))
                .isEqualTo("IDX30 427 6.80 1.62 420.20 OK");
        assertThat(last(strip("IDX30 427 <span class=\"x\">6,80 1,57%</span>"))).isEqualTo("IDX30 427 - - - UNCHECKED");
        assertThat(last(strip("USD/IDR 16.146 <span class=\"x\">54,00 0,33%</span>")))
                .isEqualTo("USD/IDR 16146 - - - UNCHECKED");
        assertThat(last(strip("EMAS 1.319.000 <span class=\"x\">0,12%</span>")))
                .isEqualTo("EMAS 1319000 - - - UNCHECKED");
        assertThat(last(strip("EMAS 1.319.000 <span class=\"x\">0,00%</span>")))
                .isEqualTo("EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(strip("RD.SAHAM <span class=\"x\">0,05%</span>").unknown()).containsExactly("RD.SAHAM ± 0,05%");
    }

    /** The percent of a fund is its only number. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "RD.SAHAM <span class=\"t\"></span> 0,05%",
                "RD.SAHAM <i class=\"tri\"></i>0,05%",
                "RD.SAHAM <span class=\"t\">0,05%</span>",
                "<span class=\"t\">RD.SAHAM</span> 0,05%",
                "<i class=\"t\"></i>RD.SAHAM 0,05%",
                "RD.SAHAM <span class=\"turun\">+0,05%</span>",
                "RD.SAHAM <span class=\"naik\">-0,05%</span>"
            })
    void aFundWhosePercentHasAnUnknownSignIsReported(String item) {
        Strip strip = strip(item);
        assertThat(strip.quotes()).as(strip.text()).hasSize(2);
        assertThat(strip.unknown()).hasSize(1);
        Strip page = parse("<body><p>INDIKATOR</p><p>" + String.join("</p><p>", OTHERS) + "</p><p>" + item + "</p>");
        assertThat(page.quotes()).as(page.text()).hasSize(2);
    }

    /** Numbers that agree only with the opposite sign prove that the signs of the page are not where they seem. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<li>LQ45 898,78 24,72 2,68%</li><li>IDX 7.166 6,59 0,09%</li><li>RD.SAHAM 0,05%</li>",
                "<li>RD.SAHAM 0,05%</li><li>IDX 7.166 6,59 0,09%</li><li>LQ45 898,78 24,72 2,68%</li>",
                "<li>IDX30 427 6,80 1,62% <i class=\"fa fa-caret-down\"></i></li><li>RD.SAHAM 0,05% <i class=\"fa"
                        + " fa-caret-down\"></i></li><li>IDX 7.166 6,59 0,09% <i class=\"fa fa-caret-down\"></i></li>",
                "<li class=up>LQ45 898,78 24,72 2,68%</li><li class=up>IDX 7.166 6,59 0,09%</li>",
                "<ul class=losers><li>IDX 7.166 6,59 0,09%</li><li>RD.SAHAM 0,05%</li></ul>"
            })
    void aProofOnThePageCountsForItsOtherNumbers(String items) {
        Strip strip = parse("| : WIB | INDIKATOR |<ul><li>ISSI 214 -0,13 -0,06%</li>" + items + "</ul><p>Kisah</p>");
        assertThat(told(strip)).as(strip.text()).contains("IDX 7166 - - - UNCHECKED");
        assertThat(strip.quotes()).extracting(Quote::code).doesNotContain("RD.SAHAM");
        assertThat(strip.quotes().stream().filter(quote -> quote.quality() == Quality.OK))
                .hasSize(1);
        assertThat(strip.unknown()).isNotEmpty();
        Strip again = parse(strip.text());
        assertThat(again.quotes()).isEqualTo(strip.quotes());
        assertThat(again.unknown()).isEqualTo(strip.unknown());
    }

    /** A table, its body, a column or a box around it may state a sign for all of its rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<table class=turun>%s</table>",
                "<table><tbody class=turun>%s</tbody></table>",
                "<table><colgroup><col><col class=turun></colgroup>%s</table>",
                "<div class=losers><table>%s</table></div>",
                "<div class=losers><p>Iklan 5%% dan 6%%</p><ul><li>IDX 7.166 6,59 0,09%%</li></ul></div>",
                "<table><tr><td></td><td>ISSI</td><td class=dn>IDX</td><td>EMAS</td></tr><tr><td>Nilai</td><td>214</td>"
                        + "<td>7.166</td><td>1.319.000</td></tr><tr><td>Perubahan</td><td>0,13</td><td>6,59</td><td>0</td></tr>"
                        + "<tr><td>%%</td><td>0,06</td><td>0,09</td><td>0,00</td></tr></table>"
            })
    void aSignOfAGroupIsNotIgnored(String table) {
        String row = "<tr><td>IDX</td><td>7.166</td><td>6,59</td><td>0,09%</td></tr>";
        Strip strip = parse("| : WIB | INDIKATOR |" + table.formatted(row) + "<p>Kisah</p>");
        assertThat(strip.quotes())
                .as(strip.text())
                .filteredOn(quote -> quote.code().equals("IDX"))
                .allMatch(quote -> quote.change() == null || quote.change().signum() < 0);
    }

    /** A colour or word around items of both directions says nothing about one of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div style='background:red'>%s</div>",
                "<div class='bg-danger'>%s</div>",
                "<section class='naik-turun'>%s</section>",
                "<div aria-label='Naik turun pasar'>%s</div>",
                "<div class='ticker up'>%s</div>",
                "<div class='merah'><div class='x'>%s</div></div>",
                "<span class='merah'>%s</span>",
                "<div class='merah'><p>Diskon -5%%</p>%s</div>",
                "<div><b class='up'>▲ naik</b> <b class='down'>▼ turun</b></div>%s"
            })
    void aSignOfAWholeStripConcernsNoItem(String box) {
        String heading = "<b>| : WIB | INDIKATOR |</b>";
        String fall = "<li>LQ45 898,78 -24,72 -2.68%</li>";
        String rise = "<li>IDX 7.166 6,59 0,09%</li>";
        for (String list : List.of(
                "<ul>" + fall + rise + "</ul>",
                "<ul>" + rise + fall + "</ul>",
                "<table>" + (rise + fall).replace("li>", "td>").replace("<td>", "<tr><td>") + "</table>",
                "<div>" + (fall + rise).replace("li>", "div>") + "</div>")) {
            for (String page : List.of(heading + box.formatted(list), box.formatted(heading + list))) {
                assertThat(told(parse("<body>" + page + "<p>Kisah</p>")))
                        .as(page)
                        .containsExactlyInAnyOrder(
                                "LQ45 898.78 -24.72 -2.68 923.50 OK", "IDX 7166 6.59 0.09 7159.41 OK");
            }
        }
    }

    /** What may state a fall for all numbers in it: no other sign on the page contradicts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<div class='merah'><p>Diskon -5%%</p>%s</div>",
                "<div style='background:#c00'>%s</div>",
                "<ul><li>LQ45 898,78 -24,72 -2.68%%</li></ul><div class='merah'>%s</div>",
                "<div class='losers'>%s<ul><li>LQ45 898,78 -24,72 -2.68%%</li></ul></div>",
                "<div class='merah'>%s<ul><li>IDX30 427 6,80 1,57%%</li></ul></div>"
            })
    void aSignOfAListOfOneDirectionMayConcernEachItem(String box) {
        String list = "<ul><li>ISSI 214 0,13 0,06%</li><li>IDX 7.166 6,59 0,09%</li></ul>";
        Strip strip = parse("<body>| : WIB | INDIKATOR |" + box.formatted(list) + "<p>Kisah</p>");
        assertThat(told(strip)).as(strip.text()).doesNotContain("IDX 7166 6.59 0.09 7159.41 OK");
    }

    @Test
    void aRedBoxAroundACertainRiseMeansNoFall() {
        assertThat(told(parse("<div style='background:#c00'>| : WIB | INDIKATOR |<ul><li>IDX30 427 6,80 1,62%</li>"
                        + "<li>IDX 7.166 6,59 0,09%</li></ul></div><p>Kisah</p>")))
                .containsExactly("IDX30 427 6.80 1.62 420.20 OK", "IDX 7166 6.59 0.09 7159.41 OK");
    }

    @Test
    void aPictureAtEachItemIsNoSignIfFallsArePrinted() {
        String menu = " <i class=\"fa fa-chevron-down\"></i></li>";
        Strip strip = parse("| : WIB | INDIKATOR |<ul><li>LQ45 898,78 -24,72 -2,68%" + menu + "<li>IDX 7.166 6,59 0,09%"
                + menu + "</ul><p>Kisah</p>");
        assertThat(last(strip)).isEqualTo("IDX 7166 6.59 0.09 7159.41 OK");
    }

    static Stream<List<String>> styles() {
        return Stream.of(
                // label, value, rise, fall
                List.of("", "", "", ""),
                List.of("a1", "b2", "c3", "c3"),
                List.of("_n1x", "_v2x", "_g3x", "_r4x"),
                List.of("_n1x", "_v2x", "zz9", "red"),
                List.of("nama", "harga", "hijau", "merah"),
                List.of("label", "value", "up", "down"),
                List.of("css-1q2w", "css-3e4r", "css-5t6y css-up1", "css-5t6y css-dn1"));
    }

    /** The archived strips, which print each fall with its sign, in markup with classes. */
    @ParameterizedTest
    @MethodSource("styles")
    void archivedStripsReadEquallyWithClasses(List<String> classes) {
        for (String archived : List.of(Strips.FIRST, Strips.SECOND)) {
            for (String layout : List.of("ul li span", "div div span", "table tr td", "div a b")) {
                String page = page(archived, layout.split(" "), classes);
                assertThat(told(parse(page))).as(page).isEqualTo(told(parse(archived)));
                assertThat(parse(page).unknown()).as(page).isEmpty();
            }
        }
    }

    private static String page(String archived, String[] tags, List<String> classes) {
        StringBuilder page = new StringBuilder("<div>| : WIB | INDIKATOR |</div><" + tags[0] + " class=q1>");
        archived.lines().skip(1).forEach(line -> {
            List<String> fields = new ArrayList<>(List.of(line.replaceFirst("LQ45898", "LQ45 898")
                    .replaceFirst("EMAS1", "EMAS 1")
                    .strip()
                    .substring(2)
                    .split("\\s+(?=[-\\d])")));
            page.append("<" + tags[1] + " class=q2>");
            for (int i = 0; i < fields.size(); i++) {
                boolean change = i > 1 || fields.get(i).endsWith("%");
                String style =
                        classes.get(i == 0 ? 0 : !change ? 1 : fields.get(i).startsWith("-") ? 3 : 2);
                page.append("<%s class='%s'>%s</%s> ".formatted(tags[2], style, fields.get(i), tags[2]));
            }
            page.append("</" + tags[1] + ">");
        });
        return page + "</" + tags[0] + "><p>Kisah</p>";
    }
}

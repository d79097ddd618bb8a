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

/** Lists of an article, whose numbers agree but are those of a forecast, are no strip and spoil none. */
@BesideTheApplication
class ArticleListsTest {

    private static final String REAL = "| : WIB | INDIKATOR |<ul><li>LQ45 898,78 -24,72 -2.68%</li>"
            + "<li>EMAS 1.319.000 0,00%</li><li>ISSI 214 0,13 0,06%</li></ul>";
    private static final List<String> TOLD = List.of(
            "LQ45 898.78 -24.72 -2.68 923.50 OK", "EMAS 1319000 - 0.00 - UNCHECKED", "ISSI 214 0.13 0.06 213.87 OK");
    private static final String BEFORE = "<p>Ekonom memperkirakan indeks naik tahun depan.</p>";
    private static final String BEHIND = "<p>Demikian menurut seorang pengamat pasar modal di Jakarta.</p>";

    private static final List<String> LISTS = List.of(
            "<ul><li>LQ45 950,00 50,00 5,56%</li><li>ISSI 230 10,00 4,55%</li><li>IDX 8.000 100,00 1,27%</li></ul>",
            "<ul><li>LQ45 950,00 50,00 5,56%</li><li>EMAS 2.000.000 5,00%</li></ul>",
            "<ul><li>LQ45 950,00 5,56%</li><li>EMAS 2.000.000 5,00%</li><li>USD/IDR 15.000 1,20%</li></ul>",
            "<ul><li>LQ45 950,00</li><li>EMAS 2.000.000</li></ul>",
            "<ul><li>LQ45 950,00 50,00 5,56%</li></ul>",
            "<table><tr><td>LQ45</td><td>950,00</td><td>50,00</td><td>5,56%</td></tr>"
                    + "<tr><td>ISSI</td><td>230</td><td>10,00</td><td>4,55%</td></tr></table>",
            "<table><tr><th>Indikator</th><th>Nilai</th><th>Perubahan</th><th>%</th></tr><tr><td>LQ45</td>"
                    + "<td>950,00</td><td>50,00</td><td>5,56</td></tr><tr><td>IDX</td><td>8.000</td><td>100,00</td>"
                    + "<td>1,27</td></tr></table>",
            "<p>LQ45 950,00 50,00 5,56%</p><p>ISSI 230 10,00 4,55%</p><p>IDX 8.000 100,00 1,27%</p>",
            "<p>LQ45 950,00 50,00 5,56%<br>ISSI 230 10,00 4,55%<br>IDX 8.000 100,00 1,27%</p>",
            "<div><div>LQ45 950,00 50,00 5,56%</div><div>ISSI 230 10,00 4,55%</div><div>IDX 8.000 100,00 1,27%</div></div>",
            "<ol><li><b>LQ45</b> 950,00 50,00 5,56%</li><li><b>ISSI</b> 230 10,00 4,55%</li><li><b>IDX</b> 8.000 100,00 1,27%</li></ol>");

    static Stream<String> articles() {
        return Stream.of(
                        "<div>" + BEFORE + "<h3>INDIKATOR</h3>%s" + BEHIND + "</div>",
                        "<div class=isi>" + BEFORE + "<b>INDIKATOR PASAR</b>%s" + BEHIND + "</div>",
                        "<div><h1>Prospek indeks pada tahun depan</h1><h3>INDIKATOR</h3>%s" + BEHIND + "</div>",
                        "<div><h2>Prospek indeks pada tahun depan</h2><h3>Indikator</h3>%s" + BEHIND + "</div>",
                        "<div><p>Simak proyeksi kami:</p><h3>INDIKATOR</h3>%s<p>Kisah</p></div>",
                        "<div>" + BEFORE + "<p>INDIKATOR</p>%s" + BEHIND + "</div>",
                        "<div>" + BEFORE + "<div class=kotak><h3>DATA PASAR</h3>%s</div>" + BEHIND + "</div>",
                        "<div>Ekonom memperkirakan indeks akan naik lagi pada tahun depan seiring turunnya bunga.<br><br>"
                                + "<b>INDIKATOR</b>%s Demikian menurut pengamat.</div>",
                        "<div>" + BEFORE + "<h3>INDIKATOR</h3><p>Data per akhir tahun</p>%s" + BEHIND + "</div>",
                        "<div><p>Prospek</p><h3>INDIKATOR</h3>%s<p>Kisah</p></div>",
                        "<div><h3>INDIKATOR</h3>%s" + BEHIND + "</div>",
                        "<main><h3>INDIKATOR</h3>%s" + BEHIND + "</main>",
                        "<div><span>Menurut ekonom, indeks akan naik tahun depan.</span><h3>INDIKATOR</h3>%s</div>",
                        "<div><h3>Prospek ekonomi menurut para ahli</h3><h4>INDIKATOR</h4>%s" + BEHIND + "</div>",
                        "<figure><figcaption>Perkiraan indeks saham menurut ekonom</figcaption></figure><h3>INDIKATOR</h3>%s",
                        "<div>" + BEFORE + "%s" + BEHIND + "</div>",
                        "<div><p>Simak proyeksi kami:</p>%s</div>",
                        "<table><tr><td>" + BEFORE + "<h3>INDIKATOR</h3>%s</td></tr></table>",
                        "<article>" + BEFORE + "<h3>INDIKATOR</h3>%s</article>",
                        "<section><h1>Prospek indeks pada tahun depan</h1>%s</section>")
                .map(article -> "<body>" + article + "</body>");
    }

    @ParameterizedTest
    @MethodSource("articles")
    void listsAmongParagraphsAreNoStrip(String article) {
        for (String list : LISTS) {
            String page = article.formatted(list);
            assertThat(PARSER.parse(page)).as(page).isEmpty();
            for (String both : List.of(
                    "<header>" + REAL + "</header>" + page,
                    "<div>" + REAL + "</div>" + page,
                    page + "<div>" + REAL + "</div>",
                    page + "<footer>" + REAL + "</footer>",
                    "<div>" + REAL + "</div>" + page + "<footer>" + REAL + "</footer>",
                    "<header>" + REAL.replace("| : WIB | INDIKATOR |", "<h3>INDIKATOR</h3>") + "</header>" + page,
                    page + "<footer>" + REAL.replace("| : WIB | INDIKATOR |", "<h3>INDIKATOR</h3>") + "</footer>",
                    REAL.replace("| : WIB | INDIKATOR |", "<h3>INDIKATOR</h3>") + page)) {
                Strip strip = parse(both);
                assertThat(told(strip)).as(both).containsExactlyElementsOf(TOLD);
                assertThat(strip.unknown()).as(both).isEmpty();
            }
        }
    }

    /** Such a page looks like one with a strip at its top. */
    @ParameterizedTest
    @ValueSource(strings = {"<h3>INDIKATOR</h3>%s" + BEHIND, "<div><b>DATA PASAR</b>%s</div>" + BEHIND})
    void aListWithAnUncertainHeadingDoesNotCountBesideTheStrip(String page) {
        for (String list : LISTS) {
            String article = page.formatted(list);
            for (String both : List.of(REAL + article, article + REAL)) {
                assertThat(told(parse(both))).as(both).containsExactlyElementsOf(TOLD);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Ekonom memperkirakan indeks naik pada tahun depan seiring turunnya suku bunga acuan.\nIndikator\n%s",
                "Ekonom memperkirakan indeks naik pada tahun depan seiring turunnya\nsuku bunga acuan.\n\n%s"
            })
    void aListInAPlainTextArticleIsNoStrip(String page) {
        String list = "• LQ45 950,00 50,00 5,56%\n• ISSI 230 10,00 4,55%\n• IDX 8.000 100,00 1,27%\n";
        String text =
                "| : WIB | INDIKATOR |\n• LQ45 898,78 -24,72 -2.68%\n• EMAS 1.319.000 0,00%\n• ISSI 214 0,13 0,06%\n\n";
        for (String article : List.of(page.formatted(list), page.formatted(list.replace("• ", "")))) {
            assertThat(PARSER.parse(article)).as(article).isEmpty();
            assertThat(told(parse(text + article))).as(article).containsExactlyElementsOf(TOLD);
            assertThat(told(parse(article + "\n\n" + text))).as(article).containsExactlyElementsOf(TOLD);
        }
    }

    /** The headings that a strip may have, or none, before the text of the page. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h3>INDIKATOR PASAR</h3>%s" + BEHIND,
                "<div><b>Market</b>%s</div><h1>Prospek indeks pada tahun depan</h1>" + BEHIND,
                "<h1>Kontan</h1><h3>DATA PASAR</h3>%s" + BEFORE + BEHIND,
                "<div>%s</div>" + BEFORE,
                BEFORE + "<footer>%s</footer>",
                BEFORE + "<aside><h4>Indikator</h4>%s</aside>",
                "<nav><a href=/>Harga emas hari ini naik lagi</a></nav><h3>INDIKATOR</h3>%s" + BEFORE,
                "<ul><li><a href=/>Harga emas hari ini naik lagi</a></li></ul><h3>INDIKATOR</h3>%s" + BEFORE
            })
    void aStripAtTheEdgeOfThePageIsRead(String page) {
        String list = "<ul><li>LQ45 898,78 -24,72 -2.68%</li><li>IDX30 427 -6,80 -1,57%</li>"
                + "<li>ISSI 214 0,13 0,06%</li></ul>";
        assertThat(told(parse(page.formatted(list)))).hasSize(3).allMatch(told -> told.endsWith("OK"));
    }

    /** A notice to the reader is no article, though it has sentences, too. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Situs ini memakai cookie untuk pengalaman yang lebih baik.</p><p>%h</p>%s",
                "<p>Situs ini memakai cookie untuk pengalaman yang lebih baik.</p><p>%h</p><p>Iklan</p>%s",
                "<div><p>Aktifkan JavaScript di peramban Anda untuk melihat halaman ini.</p><h3>%h</h3>%s</div>",
                "<div>Kami menghargai privasi Anda, baca kebijakan kami tentang data pribadi.</div><b>%h</b>%s",
                "<div class=cookie-bar><p>Kami memakai teknologi untuk pengalaman terbaik.</p></div><p>%h</p>%s",
                "<div role=dialog><div><p>Dengan melanjutkan, Anda setuju dengan kami.</p></div></div><p>%h</p>%s",
                "<div><p>Please disable your ad blocker to continue reading.</p><div>%h</div>%s</div>",
                "<p>Berlangganan newsletter kami untuk berita terbaru.</p><p>%h</p>%s<p>Situs ini memakai cookie.</p>"
            })
    void aStripBelowANoticeIsRead(String page) {
        String list = "<ul><li>LQ45 898,78 -24,72 -2.68%</li><li>IDX30 427 -6,80 -1,57%</li></ul>";
        for (String heading : List.of("| : WIB | INDIKATOR |", "14:35 WIB | INDIKATOR |", "INDIKATOR")) {
            String full = page.replace("%h", heading).replace("%s", list) + "<h1>Prospek indeks</h1>" + BEHIND;
            assertThat(told(parse(full))).as(full).hasSize(2);
        }
        assertThat(PARSER.parse("<p>Situs ini memakai cookie.</p><p>Ekonom memperkirakan indeks naik.</p>"
                        + "<p>INDIKATOR</p>" + list))
                .isEmpty();
    }

    /** A script fills in the clock of the strip. */
    @Test
    void aStripWithABlankClockMayFollowASentence() {
        String strip = "<div><p>Portal berita ekonomi dan investasi terpercaya</p><p>%s</p>"
                + "<ul><li>LQ45 898,78 -24,72 -2.68%%</li></ul></div>";
        assertThat(told(parse(strip.formatted("| : WIB | INDIKATOR |")))).hasSize(1);
        assertThat(PARSER.parse(strip.formatted("14:35 WIB | INDIKATOR |"))).isEmpty();
    }

    /** A forecast at the edge of the page, and a strip that an article quotes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<aside><h4>Proyeksi 2027</h4>%s</aside>",
                "<aside><h3>INDIKATOR 2027</h3>%s</aside>",
                "<aside><h3>Proyeksi</h3><b>INDIKATOR</b>%s</aside>",
                "<header><h2>Prediksi akhir tahun</h2>%s</header>",
                "<aside><h4>INDIKATOR</h4><p>Perkiraan tahun depan</p>%s</aside>",
                "<article><p>Kisah</p>09:00 WIB | INDIKATOR |%s</article>",
                "<div><p>Ekonom memperkirakan indeks naik tahun depan.</p><div>09:00 WIB | INDIKATOR |%s</div></div>",
                "<div><blockquote>09:00 WIB | INDIKATOR |%s</blockquote></div>",
                "<p>Ekonom memperkirakan indeks naik tahun depan.</p><p>09:00 WIB | INDIKATOR | LQ45 950,00 50,00 5,56%% IDX 8.000"
                        + " 100,00 1,27%%</p><!-- %s -->",
                "<main><h1>Prospek indeks</h1><p>09:00 WIB | INDIKATOR |</p>%s</main>"
            })
    void numbersOfAnotherTimeAreNoStrip(String box) {
        String list =
                "<ul><li>LQ45 950,00 50,00 5,56%</li><li>ISSI 230 10,00 4,55%</li><li>IDX 8.000 100,00 1,27%</li></ul>";
        String page = box.formatted(list) + "<h1>Prospek indeks pada tahun depan</h1>" + BEHIND;
        assertThat(PARSER.parse(page)).as(page).isEmpty();
        for (String real : List.of(REAL, REAL.replace("| : WIB | INDIKATOR |", "<h3>INDIKATOR</h3>"))) {
            assertThat(told(parse("<div>" + real + "</div>" + page))).as(page).containsExactlyElementsOf(TOLD);
            assertThat(told(parse(box.formatted(list) + "<div>" + REAL + "</div>")))
                    .as(page)
                    .containsExactlyElementsOf(TOLD);
        }
    }

    @Test
    void aStripBeforeTheArticleCountsBeforeOneBehindIt() {
        String other = REAL.replace(": WIB", "09:00 WIB")
                .replace("ISSI 214", "ISSI 215")
                .replace("EMAS", "IDX");
        assertThat(told(parse(REAL + BEFORE + "<div>" + other + "</div>"))).containsExactlyElementsOf(TOLD);
    }

    @Test
    void anIconInAMenuDoesNotJoinTheListsBehindIt() {
        String menu = "<ul><li class=\"icon\">menu</li></ul>";
        String box = "<div><ul><li>IDX 8.000 100,00 1,27%</li></ul></div>";
        assertThat(told(parse(menu + REAL + box))).containsExactlyElementsOf(told(parse(REAL + box)));
    }

    /** Nothing tells which of them is the strip. */
    @Test
    void twoListsWithUncertainHeadingsThatDifferAreSuspect() {
        String list =
                "<ul><li>LQ45 950,00 50,00 5,56%</li><li>ISSI 214 0,13 0,06%</li><li>IDX 8.000 100,00 1,27%</li></ul>";
        Strip strip = parse("<aside><h3>INDIKATOR</h3>" + list + "</aside>"
                + REAL.replace("| : WIB | INDIKATOR |", "<h3>INDIKATOR</h3>"));
        assertThat(told(strip)).contains("LQ45 950.00 50.00 5.56 - SUSPECT", "ISSI 214 0.13 0.06 213.87 OK");
        assertThat(strip.unknown()).contains("LQ45 898,78 -24,72 -2.68%");
        Strip certain = parse("<aside><h3>INDIKATOR</h3>" + list + "</aside>" + REAL);
        assertThat(told(certain)).containsExactlyElementsOf(TOLD);
    }
}

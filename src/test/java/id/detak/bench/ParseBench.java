package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.IndicatorSeed;
import id.detak.strip.Quote;
import id.detak.strip.StripParser;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;

/** Parsing the strip of a whole page, against only building the page's document, which is a part of it. */
class ParseBench {

    private static final int LENGTH = 400_000;
    private static final int PAGES_A_ROUND = 60;
    private static final double WANTED_SPEED = 0.5;
    private static final String STRIP = """
            <div class="indikator"><span>| : WIB | INDIKATOR |</span><ul>
            <li>EMAS <b>1.609.000</b> <i>-2.000</i> <i>-0,12%</i></li>
            <li>USD/IDR <b>16.175</b> <i>0,00</i> <i>0,00%</i></li>
            <li>IDX <b>7.166</b> <i>-66,59</i> <i>-0,92%</i></li>
            <li>KOMPAS100 <b>1.055</b> <i>-9,60</i> <i>-0,90%</i></li>
            <li>LQ45 <b>831</b> <i>-12,11</i> <i>-1,44%</i></li>
            <li>ISSI <b>214</b> <i>0,13</i> <i>0,06%</i></li>
            <li>IDX30 <b>427</b> <i>-6,80</i> <i>-1,57%</i></li>
            <li>IDXHIDIV20 <b>512</b> <i>-6,51</i> <i>-1,26%</i></li>
            </ul></div>
            """;
    private static final String[] WORDS = {
        "teks", "pengisi", "rekaan", "judul", "naik", "turun", "pasar", "angka", "tanpa", "arti", "dan", "atau", "hari",
        "ini"
    };

    private final StripParser parser = new StripParser(IndicatorSeed.labels(IndicatorSeed.builtIn()));
    private int kept;

    @Test
    void aPageOf400Kilobytes() throws Exception {
        String page = page();
        List<Quote> quotes = parser.parse(page).orElseThrow().quotes();
        assertThat(quotes)
                .hasSize(8)
                .isEqualTo(parser.parse(Jsoup.parse(page).wholeText())
                        .orElseThrow()
                        .quotes());
        Duel duel = Duel.of(
                9,
                () -> {
                    for (int i = 0; i < PAGES_A_ROUND; i++) {
                        kept += parser.parse(page).orElseThrow().quotes().size();
                    }
                },
                () -> {
                    for (int i = 0; i < PAGES_A_ROUND; i++) {
                        kept += Jsoup.parse(page).childNodeSize();
                    }
                });
        assertThat(kept).isPositive();
        Duel ofOne = new Duel(duel.ours() / PAGES_A_ROUND, duel.reference() / PAGES_A_ROUND, duel.ratio());
        ResultTable.put(
                "Read the strip of a page of 400 kB, against jsoup building the document",
                ofOne.times(),
                String.format(Locale.ROOT, "%.2f× as fast", duel.speed()),
                "≥ 0.5×",
                duel.speed() >= WANTED_SPEED);
    }

    /**
     * A page like those of news sites: scripts and menus before and after, and the strip in the page's header, after a
     * tenth of it.
     */
    private static String page() {
        Random random = new Random(1);
        StringBuilder html = new StringBuilder(LENGTH + 1000)
                .append(
                        "<!DOCTYPE html>\n<html lang=\"id\"><head><meta charset=\"utf-8\"><title>Halaman rekaan</title>\n");
        fill(html, random, LENGTH / 10);
        html.append(STRIP);
        fill(html, random, LENGTH);
        return html.append("</body></html>\n").toString();
    }

    private static void fill(StringBuilder html, Random random, int length) {
        if (html.indexOf("<body") < 0) {
            script(html, random, length / 3);
            html.append("</head><body class=\"halaman\">\n");
        }
        while (html.length() < length) {
            switch (random.nextInt(4)) {
                case 0 -> script(html, random, 3000);
                case 1 -> menu(html, random);
                default -> article(html, random);
            }
        }
    }

    private static void script(StringBuilder html, Random random, int length) {
        html.append("<script type=\"text/javascript\">\n");
        for (int end = html.length() + length; html.length() < end; ) {
            html.append("var v")
                    .append(random.nextInt(1000))
                    .append(" = function (a, b) { return a < b ? \"")
                    .append(words(random, 3))
                    .append("\" : b && a > ")
                    .append(random.nextInt(100))
                    .append("; };\n");
        }
        html.append("</script>\n");
    }

    private static void menu(StringBuilder html, Random random) {
        html.append("<ul class=\"menu\">\n");
        for (int i = 0; i < 20; i++) {
            html.append("<li class=\"butir-")
                    .append(i)
                    .append("\"><a href=\"/rekaan/")
                    .append(random.nextInt(10_000))
                    .append("?a=1&amp;b=2\" title=\"")
                    .append(words(random, 2))
                    .append("\">")
                    .append(words(random, 2))
                    .append("</a></li>\n");
        }
        html.append("</ul>\n");
    }

    private static void article(StringBuilder html, Random random) {
        html.append("<div class=\"kartu\"><img src=\"/gambar/")
                .append(random.nextInt(10_000))
                .append(".jpg\" alt=\"\"><h2>")
                .append(words(random, 6))
                .append("</h2>\n<p>")
                .append(words(random, 60))
                .append(" &mdash; ")
                .append(random.nextInt(1000))
                .append(",")
                .append(10 + random.nextInt(90))
                .append("</p></div>\n");
    }

    private static String words(Random random, int count) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < count; i++) {
            words.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return words.toString();
    }
}

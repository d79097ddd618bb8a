package id.detak.strip;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import id.detak.testsupport.BesideTheApplication;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class NoiseTest {

    /** The slow tests take a megabyte, at which quadratic time exceeds the limit. */
    private static final int SIZE = Boolean.getBoolean("detak.thorough") ? 1_000_000 : 100_000;

    /** What looks back or ahead without a limit would take minutes, and the time limit would not end it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<",
                "&",
                "&a;",
                "&#1",
                "<a ",
                "<!--",
                "<script>",
                "</",
                "<a b=\"",
                "<a b='>",
                "INDIKATOR|",
                "INDIKATOR\n•",
                "7",
                "7.",
                "1 ",
                "• ",
                "•1",
                "IDX",
                "IDX ",
                "IDX30427 ",
                "INDIKATOR\nIDX 1\n",
                "INDIKATOR\n• a1 ",
                "- ",
                "▼",
                "Rp ",
                "(",
                "%",
                "\n",
                " \n",
                "| ",
                "A1",
                "WIB ",
                "12:30 WIB\n",
                "&nbsp;",
                "<b>1%</b>",
                "IDX 1% ",
                "A 1%)",
                "A (1%",
                "[",
                "<div>",
                "<table><tr><td>",
                "<li>",
                "<li>IDX 1 1%</li>",
                "<span>1</span>",
                "<i class=down></i>",
                "<del>",
                "<b aria-hidden=true>1</b>",
                "<i class=x>IDX 1 1%</i>",
                "<i class=x><li>1,00%",
                "<li>IDX 1 1%<svg>",
                "<canvas aria-hidden=true>",
                "<ul class=turun><li>",
                "<div><p>kata kata kata",
                "<h1>kata kata kata kata kata",
                "<ul></ul>Iklan",
                "<ul><li>Iklan</ul>IDX",
                "~",
                "^",
                "\f",
                "--\n|",
                "a\n--\n",
                "x\n|--|\n",
                "|---|\n| a | 1 |\n",
                "INDIKATOR 1:11 WIB ",
                "Market\nIDX 1 1%\n",
                "1 111 ",
                "persen ",
                "Rp",
                "\uE001",
                "\uE000"
            })
    void noiseEndsInTime(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String start : new String[] {"| : WIB | INDIKATOR |\n", "<p>INDIKATOR</p>"}) {
                try {
                    Strips.PARSER.parse(start + piece.repeat(SIZE / piece.length()));
                } catch (ParseTimeoutException e) {
                    // jsoup needs long for some; the limit ended it
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "<span style=\"a|' '|b\">IDX</span> 1 1%",
                "<span class=\"|1|a\">IDX</span> 1 1%",
                "<span data=\"|1|a\">IDX</span> 1 1%",
                "<i class=\"icon\">|a_|</i>IDX 1 1%",
                "<div class=\"x\">|<p>kata</p>|</div>",
                "<ul class=\"|a b|\"><li>IDX 1 1%</li></ul><ul><li>IDX 1 1%</li></ul>"
            })
    void noiseInMarkupEndsInTime(String before, String piece, String after) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> Strips.PARSER.parse("<p>INDIKATOR</p>" + before + piece.repeat(SIZE / piece.length()) + after));
    }

    @Test
    void aLongNameAroundManyParagraphsEndsInTime() {
        String name = "a ".repeat(SIZE / 4);
        String page = "<p>INDIKATOR</p><div class=\" " + name + "\">" + "<p>kata</p>".repeat(SIZE / 20) + "</div>";
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            try {
                Strips.PARSER.parse(page);
            } catch (ParseTimeoutException e) {
                // the limit ended it
            }
        });
    }

    @Test
    void aPageThatTakesTooLongIsGivenUp() {
        AtomicLong nanos = new AtomicLong();
        StripParser slow = new StripParser(Strips.KNOWN, () -> nanos.addAndGet(1_000_000_000));
        String page = "<p>kata</p>".repeat(100) + "<p>INDIKATOR</p><p>LQ45 1,00 2%</p>";
        assertThatThrownBy(() -> slow.parse(page))
                .isInstanceOf(ParseTimeoutException.class)
                .hasMessage("Parsing the page took longer than 10000 ms. Its markup is unusual or hostile.");
    }
}

package id.detak.strip;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import id.detak.testsupport.BesideTheApplication;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class NoiseTest {

    private static final int SIZE = 10_000_000;

    /** Anything that looks twice at what it did not find would take hours for ten million characters. */
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
                "IDX 1% "
            })
    void tenMillionCharactersOfNoiseTakeLinearTime(String piece) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (String start : new String[] {"| : WIB | INDIKATOR |\n", "<p>INDIKATOR</p>"}) {
                Strips.PARSER.parse(start + piece.repeat(SIZE / 2 / piece.length()));
            }
        });
    }
}

package id.detak.strip;

import static id.detak.strip.Strips.parse;
import static id.detak.strip.Strips.resource;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class HtmlPagesTest {

    @Test
    void listOfSpansIsComparedWithItsMobileCopy() {
        Strip strip = parse(resource("list.html"));
        assertThat(strip.clock()).isEqualTo(LocalTime.of(14, 35));
        assertThat(told(strip))
                .containsExactly(
                        "LQ45 831 -12.11 -1.44 843.11 OK",
                        "EMAS 1609000 -2000 -0.12 - SUSPECT",
                        "USD/IDR 16146 54.00 0.33 16200.00 OK",
                        "IDX 7166 -66.59 -0.92 7232.59 OK",
                        "RD.PASAR UANG - - 0.04 - UNCHECKED",
                        "IDX30 427 - - - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("EMAS 1.610.000 -1.000 -0,06%");
    }

    @Test
    void aStripWithAnElementForEachFieldIsRead() {
        Strip strip = parse(resource("fields.html"));
        assertThat(told(strip))
                .containsExactly(
                        "LQ45 898.78 -24.72 -2.68 923.50 OK",
                        "EMAS 1319000 - 0.00 - UNCHECKED",
                        "ISSI 214 0.13 0.06 213.87 OK",
                        "IDX30 436 -0.20 -0.04 436.20 OK",
                        "RD.SAHAM - - 0.05 - UNCHECKED");
        assertThat(strip.unknown()).isEmpty();
    }

    @Test
    void aStripOfGluedElementsIsRead() {
        String page = resource("inline.html");
        Strip strip = parse(page);
        assertThat(told(strip))
                .containsExactly(
                        "LQ45 898.78 -24.72 -2.68 923.50 OK",
                        "EMAS 1319000 - 0.00 - UNCHECKED",
                        "IDX30 427 -6.80 -1.57 433.80 OK",
                        "SRIKEHATI 350 -2.00 -0.57 352.00 OK",
                        "RD.PENDAPATAN TETAP - - 0.00 - UNCHECKED");
        assertThat(strip.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.html", "fields.html", "inline.html", "article.txt"})
    void truncatedPagesGiveNoOtherQuotes(String name) {
        String page = resource(name);
        for (String whole :
                new String[] {page, page.replace("&minus;", "-").replace("</span> <span", "</span><span")}) {
            everyPrefixAgrees(whole);
        }
    }

    @Test
    void truncatedArchivedStripsGiveNoOtherQuotes() {
        for (String strip : new String[] {Strips.FIRST, Strips.SECOND}) {
            everyPrefixAgrees(strip);
            everyPrefixAgrees(strip.replace("•", ""));
            everyPrefixAgrees(strip.replace("  • ", " ").replace("%\n", "%"));
            everyPrefixAgrees("<ul><li>" + strip.replace("\n", "</li><li>").replace(" ", "<b></b>") + "</li></ul>");
        }
        everyPrefixAgrees(Strips.SECOND
                .replace("•", "")
                .replaceAll("(?<=\\d) +", "\n")
                .replaceAll("(?m)(?<=[A-Z0-9]) (?=\\d)", "\n"));
    }

    /** Without the quality: a copy that is cut off cannot contradict. */
    private static List<List<Object>> numbers(Strip strip) {
        return strip.quotes().stream()
                .map(quote -> Arrays.<Object>asList(quote.code(), quote.value(), quote.change(), quote.changePercent()))
                .toList();
    }

    private static void everyPrefixAgrees(String page) {
        Strip whole = parse(page);
        int most = 0;
        for (int cut = 0; cut <= page.length(); cut++) {
            Optional<Strip> strip = Strips.PARSER.parse(page.substring(0, cut));
            if (strip.isPresent()) {
                assertThat(numbers(whole)).as(page.substring(0, cut)).containsAll(numbers(strip.get()));
                assertThat(strip.get().quotes().size())
                        .as("no quote is lost again")
                        .isGreaterThanOrEqualTo(most - 1);
                most = Math.max(most, strip.get().quotes().size());
            }
        }
        assertThat(most).isEqualTo(whole.quotes().size());
    }
}

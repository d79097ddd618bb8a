package id.detak.strip;

import static id.detak.strip.Strips.FIRST;
import static id.detak.strip.Strips.SECOND;
import static id.detak.strip.Strips.parse;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class ArchivedStripsTest {

    private static final List<String> FIRST_TOLD = List.of(
            "LQ45 898.78 -24.72 -2.68 923.50 OK",
            "EMAS 1319000 - 0.00 - UNCHECKED",
            "RD.SAHAM - - 0.05 - UNCHECKED",
            "RD.CAMPURAN - - 0.03 - UNCHECKED",
            "RD.PENDAPATAN TETAP - - 0.00 - UNCHECKED");
    private static final List<String> SECOND_TOLD = List.of(
            "EMAS 1609000 -2000 -0.12 1611000 OK",
            "USD/IDR 16175 0.00 0.00 16175 OK",
            "IDX 7166 -66.59 -0.92 7232.59 OK",
            "KOMPAS100 1055 -9.60 -0.90 1064.60 OK",
            "LQ45 831 -12.11 -1.44 843.11 OK",
            "ISSI 214 0.13 0.06 213.87 OK",
            "IDX30 427 -6.80 -1.57 433.80 OK",
            "IDXHIDIV20 512 -6.51 -1.26 518.51 OK");

    @Test
    void theFirstStripGivesFiveQuotes() {
        assertThat(told(parse(FIRST))).isEqualTo(FIRST_TOLD);
        assertThat(parse(FIRST).unknown()).isEmpty();
        assertThat(parse(FIRST).clock()).isNull();
    }

    @Test
    void theFirstStripGivesTheSameWithEveryLabelGlued() {
        String glued = FIRST.replace("SAHAM ", "SAHAM").replace("RAN ", "RAN").replace("TETAP ", "TETAP");
        assertThat(told(parse(glued))).isEqualTo(FIRST_TOLD);
    }

    @Test
    void secondStripHasEightCheckedQuotes() {
        assertThat(told(parse(SECOND))).isEqualTo(SECOND_TOLD);
        assertThat(parse(SECOND).unknown()).isEmpty();
    }

    @Test
    void secondStripReadsEquallyWithGluedLabels() {
        String glued = SECOND.lines()
                .map(line -> line.replaceFirst("(• \\S+) (\\d)", "$1$2") + "\n")
                .reduce("", String::concat);
        assertThat(glued).contains("IDX30427 ", "KOMPAS1001.055 ", "USD/IDR16.175 ");
        assertThat(told(parse(glued))).isEqualTo(SECOND_TOLD);
    }

    @Test
    void secondStripReadsEquallyWithoutBulletsOrLineBreaks() {
        assertThat(told(parse(SECOND.replace("•", "")))).isEqualTo(SECOND_TOLD);
        assertThat(told(parse(SECOND.replace("  • ", " ").replace("%\n", "%")))).isEqualTo(SECOND_TOLD);
        assertThat(told(parse(SECOND.replace("•", "-")))).isEqualTo(SECOND_TOLD);
        assertThat(told(parse(SECOND.replace("   ", " | ").replace("•", "|")))).isEqualTo(SECOND_TOLD);
    }

    @Test
    void wholePageGivesTheStripOnly() {
        String page = Strips.resource("article.txt");
        Strip strip = parse(page);
        assertThat(told(strip)).isEqualTo(FIRST_TOLD);
        assertThat(strip.unknown()).isEmpty();
        assertThat(strip.clock()).isNull();
    }

    @Test
    void aPageWithoutAStripGivesNone() {
        String page = Strips.resource("article.txt");
        assertThat(Strips.PARSER.parse(page.substring(page.indexOf("Pasar contoh"))))
                .isEmpty();
        assertThat(Strips.PARSER.parse("")).isEmpty();
        assertThat(Strips.PARSER.parse("| : WIB | INDIKATOR |\n\nGLOBAL /\n")).isEmpty();
    }

    @Test
    void aPageThatHoldsTheStripGoesOnWithASectionName() {
        assertThat(told(parse(FIRST + "GLOBAL /\n10 kisah rekaan"))).isEqualTo(FIRST_TOLD);
        assertThat(told(parse(FIRST.replace("•", "") + "GLOBAL /\n10 kisah rekaan 5%")))
                .isEqualTo(FIRST_TOLD);
    }
}

package id.detak.strip;

import static id.detak.strip.Strips.line;
import static id.detak.strip.Strips.parse;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class StripEndTest {

    private static final String TWO = "INDIKATOR\nLQ45 898,78 -24,72 -2.68%\nEMAS 1.319.000 0,00%\n";

    private static List<String> codes(Strip strip) {
        return strip.quotes().stream().map(Quote::code).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LQ45 700 poin, ini sahamnya",
                "IDX 7.000 per hari ini",
                "EMAS Antam naik",
                "GLOBAL /",
                "IDX turun 2,5%",
                "Harga emas naik 2,5%",
                "Rupiah 16.000",
                "10 kisah rekaan",
                "IDX 7.000 0,5% hari ini",
                "TERBARU\n10 kisah",
                "",
                "IDX 7.000 poin turun 2,5% dan ISSI 214 naik 0,5% hari",
                "Kisah rekaan",
                "2021"
            })
    void aHeadlineEndsAStripWithoutBullets(String headline) {
        Strip strip = parse(TWO + headline + "\nkisah\n");
        assertThat(codes(strip)).containsExactly("LQ45", "EMAS");
        assertThat(strip.unknown()).isEmpty();
    }

    @Test
    void oneLineWithTwoPercentsGoesOnWithWords() {
        assertThat(codes(parse("INDIKATOR | LQ45 898,78 -24,72 -2.68% EMAS 1.319.000 0,00% Kisah rekaan EMAS 5% naik")))
                .containsExactly("LQ45", "EMAS");
    }

    @Test
    void oneItemAndThenWordsIsNoStrip() {
        assertThat(Strips.PARSER.parse("INDIKATOR | LQ45 898 poin, ini sahamnya"))
                .isEmpty();
    }

    @Test
    void flattenedStripEndsAfterItsLastPercent() {
        Strip strip = parse("| : WIB | INDIKATOR | • LQ45898,78 -24,72 -2.68% • RD.SAHAM 0.05% Kisah rekaan, EMAS 5%");
        assertThat(codes(strip)).containsExactly("LQ45", "RD.SAHAM");
        assertThat(strip.text()).endsWith("RD.SAHAM 0.05%");
    }

    @Test
    void aBulletedLineIsAQuoteOrReported() {
        Strip strip = line(
                "LQ45 898,78 poin\n • EMAS\n\n • RD.SAHAM tidak ada\n • RD.FOO 1.2.3%\n • IDX turun 2,5% hari\n • ISSI 214");
        assertThat(codes(strip)).containsExactly("LQ45", "ISSI");
        assertThat(strip.unknown())
                .containsExactly("EMAS", "RD.SAHAM tidak ada", "RD.FOO 1.2.3%", "IDX turun 2,5% hari");
    }

    @Test
    void bulletedLinesOfWordsEndTheStripUnlessItContinues() {
        assertThat(codes(line("LQ45 898,78 -24,72 -2.68%\n • Kisah rekaan\n • EMAS 1.000 1,00%")))
                .containsExactly("LQ45", "EMAS");
        String menu = "\n • Beranda".repeat(6);
        assertThat(codes(line("LQ45 898,78 -24,72 -2.68%" + menu + "\n • EMAS 1.000 1,00%")))
                .containsExactly("LQ45");
    }

    @Test
    void aLineWithoutABulletEndsAStripWithBullets() {
        assertThat(codes(line("LQ45 898,78 -24,72 -2.68%\n\n • RD.SAHAM 0.05%\nEMAS 1.000 1,00%")))
                .containsExactly("LQ45", "RD.SAHAM");
    }

    @Test
    void knownLabelWithoutValueIsReported() {
        Strip strip = parse("INDIKATOR\nLQ45\nEMAS 1.319.000 0,00%\nIDX ISSI 214 0,13 0,06%\n");
        assertThat(codes(strip)).containsExactly("EMAS", "ISSI");
        assertThat(strip.unknown()).containsExactly("LQ45", "IDX");
    }

    @Test
    void unknownLabelWithoutPercentIsNoQuote() {
        Strip between = parse(TWO + "PERAK 12.000\nISSI 214\n\n");
        assertThat(codes(between)).containsExactly("LQ45", "EMAS", "ISSI");
        assertThat(between.unknown()).containsExactly("PERAK 12.000");
        assertThat(codes(parse(TWO + "PERAK 12.000\nkisah\n"))).containsExactly("LQ45", "EMAS");
        Strip strip = parse(TWO + "PERAK 12.000\nSENG 1.000\nTIMAH 2.000\nISSI 214 0,13 0,06%\n");
        assertThat(codes(strip)).containsExactly("LQ45", "EMAS", "ISSI");
        assertThat(strip.unknown()).containsExactly("PERAK 12.000 SENG 1.000 TIMAH 2.000");
    }

    @Test
    void whatDoesNotParseBetweenGoodItemsIsReported() {
        Strip strip = parse(TWO + "FOO 1.2.3 1%\nISSI 214 0,13 0,06%\n");
        assertThat(codes(strip)).containsExactly("LQ45", "EMAS", "ISSI");
        assertThat(strip.unknown()).containsExactly("FOO 1.2.3 1%");
    }

    @Test
    void aValueCutOffByTheEndOfThePageIsNotUnderstood() {
        Strip strip = parse("| : WIB | INDIKATOR |\n • LQ45898,78 -24,72 -2.68%\n • EMAS1.319");
        assertThat(codes(strip)).containsExactly("LQ45");
        assertThat(strip.unknown()).containsExactly("EMAS1.319");
    }

    @Test
    void valueWithoutPercentNeedsTheEndOfItsLineOrElement() {
        assertThat(parse("WIB INDIKATOR\n• EMAS 1.319.000 ").quotes()).isEmpty();
        assertThat(codes(parse("INDIKATOR\n• EMAS 1.319.000\n"))).containsExactly("EMAS");
        assertThat(parse("WIB INDIKATOR\nEMAS\n1.319.000\n").quotes()).isEmpty();
        assertThat(codes(parse("<b>INDIKATOR</b><li>EMAS <b>1.319.000</b></li>")))
                .containsExactly("EMAS");
        assertThat(parse("<b>WIB INDIKATOR</b><li>EMAS <b>1.319.000</b>").quotes())
                .isEmpty();
    }

    @Test
    void noiseWithoutEndIsNoLongerThanAStrip() {
        assertThat(parse("INDIKATOR\n" + "LQ45 1,00 1,00%\nEMAS 1.000 1,00%\n".repeat(10_000))
                        .text())
                .hasSizeLessThan(10_000);
    }

    @Test
    void knownLabelBeforeABulletHasNoValue() {
        assertThat(line("IDX30• ISSI 214 0,13 0,06%").unknown()).containsExactly("IDX30");
        assertThat(line("IDX30\n • ISSI 214 0,13 0,06%").unknown()).containsExactly("IDX30");
    }

    @Test
    void aValueBeforeTheNextHeaderIsNotItsClock() {
        Strip strip = parse(
                "<b>INDIKATOR</b><li>IDX30</li><li>427</li><b>WIB</b><b>INDIKATOR</b><li>IDX30 427</li><li>EMAS 0,00%</li>");
        assertThat(codes(strip)).containsExactly("IDX30", "EMAS");
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }
}

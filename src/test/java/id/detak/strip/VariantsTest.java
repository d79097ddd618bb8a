package id.detak.strip;

import static id.detak.strip.Strips.line;
import static id.detak.strip.Strips.only;
import static id.detak.strip.Strips.parse;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class VariantsTest {

    private static final String LQ45 = "LQ45 898.78 -24.72 -2.68 923.50 OK";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LQ45 898,78 -24,72 -2.68%",
                "LQ45898,78-24,72-2.68%",
                "lq45 898,78 −24,72 −2,68%",
                "LQ 45 898,78 –24,72 –2.68 %",
                "LQ45 898.78 ‐24.72 ‐2.68%",
                "LQ45 898,78 ▼24,72 2,68%",
                "LQ45 898,78 ▼ 24,72 (2,68%)",
                "LQ45 898,78 ↓ -24,72 -2.68%",
                "LQ45 ▼ 898,78 24,72 2.68%",
                "LQ45\u00a0898,78\u2009-24,72\u202f-2.68\u00a0%",
                "LQ45&nbsp;898,78 &minus;24,72 &minus;2.68&percnt;",
                "LQ45&#160;898&comma;78 &#x2212;24,72 &ndash;2.68%",
                "LQ45 898,78 -24,72 (-2.68%)",
                "LQ45\n898,78\n-24,72\n-2.68%",
                "LQ45 898,78 - 24,72 - 2.68%",
                "LQ45 Rp 898,78 -Rp24,72 -2.68%",
                "LQ45 8\u200b98,78 -24,72 -2.68%"
            })
    void oneQuoteInManyPrints(String printed) {
        assertThat(told(only(printed))).isEqualTo(LQ45);
    }

    @Test
    void aRiseMayBearAPlusAnArrowOrNothing() {
        for (String rise :
                new String[] {"214 0,13 0,06%", "214 +0,13 +0,06%", "214 ▲0,13 0,06%", "214 △ 0,13 ↑ 0,06%"}) {
            assertThat(told(only("ISSI " + rise))).isEqualTo("ISSI 214 0.13 0.06 213.87 OK");
        }
    }

    @Test
    void anArrowAloneGivesTheSignOfAPercent() {
        assertThat(told(only("RD.SAHAM ▼ 0.05%"))).isEqualTo("RD.SAHAM - - -0.05 - UNCHECKED");
        assertThat(told(only("RD.SAHAM ▽0.05%"))).isEqualTo("RD.SAHAM - - -0.05 - UNCHECKED");
    }

    @Test
    void aCurrencyPairWithBlanksAroundItsSlashIsOne() {
        assertThat(told(only("USD / IDR 16.146 54,00 0,33%"))).isEqualTo("USD/IDR 16146 54.00 0.33 16200.00 OK");
        assertThat(only("USD / IDR 16.900 45,00 0,27%").previousClose()).isNull();
    }

    @Test
    void lineOfWordsBetweenItemsIsReported() {
        for (String words : new String[] {"Harga BBM hari ini", "N/A", "tba", "AVERY" + "X".repeat(400) + " 2,00%"}) {
            Strip strip = parse("| : WIB | INDIKATOR |\n • LQ45 898,78 -24,72 -2.68%\n • " + words
                    + "\n • NIKKEI225 38.500,12 -120,00 -0,31%\n • ISSI 214 0,13 0,06%\n");
            assertThat(strip.quotes()).as(words).extracting(Quote::code).containsExactly("LQ45", "NIKKEI225", "ISSI");
            assertThat(strip.unknown()).as(words).containsExactly(words);
        }
    }

    @Test
    void linesOfWordsAfterTheLastItemAreIgnored() {
        Strip strip = parse("| : WIB | INDIKATOR |\n • LQ45 898,78 -24,72 -2.68%\n • Beranda\n • Berita\n\nTeks\n");
        assertThat(strip.unknown()).isEmpty();
        assertThat(strip.text()).endsWith("-2.68%");
        assertThat(line("LQ45 898,78 -24,72 -2.68%\n • Beranda\n • Kisah " + "rekaan ".repeat(300))
                        .unknown())
                .isEmpty();
    }

    @Test
    void aLineOfWordsInAListCostsNoQuote() {
        Strip strip = parse(
                "<p>| INDIKATOR |</p><ul><li>LQ45 898,78 -24,72 -2.68%</li><li>Harga BBM hari ini</li><li>ISSI 214 0,13 0,06%</li></ul><p>Judul 7 persen</p>");
        assertThat(strip.quotes()).extracting(Quote::code).containsExactly("LQ45", "ISSI");
        assertThat(strip.unknown()).containsExactly("Harga BBM hari ini");
    }

    @Test
    void theLastItemOfAListIsAQuoteAndAHeadlineIsNot() {
        Strip list = parse(
                "<div>| INDIKATOR |</div><ul><li>LQ45 898,78 -24,72 -2.68%</li><li>Perak 15.000 1,20%</li></ul><h1>Judul 7%</h1>");
        assertThat(list.quotes()).extracting(Quote::code).containsExactly("LQ45", "PERAK");
        assertThat(list.unknown()).isEmpty();
    }

    @Test
    void anArrowAgainstItsSignIsNotUnderstood() {
        assertThat(line("RD.SAHAM ▼ +0.05%").unknown()).containsExactly("RD.SAHAM ▼ +0.05%");
    }

    @Test
    void labelsMayHaveBlanksAfterDotsAndLowerCase() {
        assertThat(only("RD. SAHAM 0.05%"))
                .isEqualTo(Strips.quote("RD.SAHAM", "RD. SAHAM", null, null, "0.05", null, Quality.UNCHECKED));
        assertThat(only("rd.pendapatan  tetap 0.05%").code()).isEqualTo("RD.PENDAPATAN TETAP");
        assertThat(only("rd. pasar uang 0.05%").code()).isEqualTo("RD.PASAR UANG");
    }

    @Test
    void aLabelThatIsOnNoListIsDiscovered() {
        assertThat(only("RD.PASAR UANG 0.04%"))
                .isEqualTo(Strips.quote("RD.PASAR UANG", "RD.PASAR UANG", null, null, "0.04", null, Quality.UNCHECKED));
        assertThat(told(only("IDX50 427 -6,80 -1,57%"))).isEqualTo("IDX50 427 -6.80 -1.57 433.80 OK");
        assertThat(told(only("IDX BUMN20 350 -2,00 -0,57%"))).isEqualTo("IDX BUMN20 350 -2.00 -0.57 352.00 OK");
    }

    @Test
    void theCompositeIndexHasTwoLabels() {
        assertThat(told(only("IHSG 7.166 -66,59 -0,92%"))).isEqualTo("IDX 7166 -66.59 -0.92 7232.59 OK");
        assertThat(only("IHSG 7.166 -66,59 -0,92%").label()).isEqualTo("IHSG");
    }

    @Test
    void goldMayHaveItsCurrency() {
        for (String gold : new String[] {
            "EMAS Rp 1.319.000 0,00%",
            "EMAS Rp1.319.000 0,00%",
            "EMASRp1.319.000 0,00%",
            "EMAS Rp. 1.319.000 0,00%",
            "EMAS 1,319,000 0.00%"
        }) {
            assertThat(told(only(gold))).isEqualTo("EMAS 1319000 - 0.00 - UNCHECKED");
        }
    }

    @Test
    void anIndexMayHaveThousands() {
        assertThat(told(only("LQ45 1.012,34 12,34 1,23%"))).isEqualTo("LQ45 1012.34 12.34 1.23 1000.00 OK");
        assertThat(told(only("LQ45 1,012.34 12.34 1.23%"))).isEqualTo("LQ45 1012.34 12.34 1.23 1000.00 OK");
    }

    @Test
    void aDotGroupsEvenAlone() {
        assertThat(only("KOMPAS100 1.055").value()).isEqualByComparingTo("1055");
        assertThat(only("KOMPAS1001.055 0,10%").value()).isEqualByComparingTo("1055");
    }

    @Test
    void aCommaGroupsOnlyIfTheCheckSaysSo() {
        assertThat(told(only("KOMPAS100 1,055 -9.60 -0.90%"))).isEqualTo("KOMPAS100 1055 -9.60 -0.90 1064.60 OK");
        assertThat(only("KOMPAS100 1,055 0.10%").quality())
                .as("nothing tells which")
                .isEqualTo(Quality.SUSPECT);
        assertThat(only("KOMPAS100 1,055 0.00 0.00%").quality())
                .as("both agree")
                .isEqualTo(Quality.SUSPECT);
    }

    @Test
    void aMissingFieldIsNull() {
        assertThat(told(only("LQ45 898,78"))).isEqualTo("LQ45 898.78 - - - UNCHECKED");
        assertThat(told(only("LQ45 0,00%"))).isEqualTo("LQ45 - - 0.00 - UNCHECKED");
    }

    @Test
    void badlyGroupedNumbersAreNotUnderstood() {
        for (String piece : new String[] {
            "EMAS 1.31.000 0,00%",
            "EMAS1.31.000 0,00%",
            "LQ45 898, -2.68%",
            "LQ45 1..2 1%",
            "LQ45 1 2 3 4%",
            "LQ45 0 0,00%",
            "LQ45 -898,78 1%",
            "EMAS 1234567890123456789 1%",
            "LQ45 \ufffd24,72 1%"
        }) {
            assertThat(line(piece).quotes()).as(piece).isEmpty();
            assertThat(line(piece).unknown()).containsExactly(piece);
        }
    }

    @Test
    void aPageInWindows1252ReadsAlike() {
        Charset windows = Charset.forName("windows-1252");
        String page = "| : WIB | INDIKATOR |\n • LQ45\u00a0898,78 –24,72 –2.68%\n • EMAS 1.319.000 0,00%\n";
        assertThat(told(parse(new String(page.getBytes(windows), windows))))
                .startsWith(LQ45)
                .hasSize(2);
        String misread = new String(page.getBytes(windows), StandardCharsets.ISO_8859_1);
        assertThat(told(parse(misread))).startsWith(LQ45).hasSize(2);
    }

    @Test
    void theStripTwiceIsReadOnce() {
        Strip strip = parse(Strips.SECOND + "\nTERBARU\n" + Strips.SECOND.replace("IDX 7.166", "IHSG 7.166"));
        assertThat(strip.quotes()).isEqualTo(parse(Strips.SECOND).quotes());
        assertThat(strip.unknown()).isEmpty();
    }

    @Test
    void copiesThatDifferAreSuspect() {
        Strip strip = parse(Strips.SECOND + "\nTERBARU\n" + Strips.SECOND.replace("ISSI 214", "ISSI 215"));
        assertThat(told(strip)).contains("ISSI 214 0.13 0.06 - SUSPECT", "IDX30 427 -6.80 -1.57 433.80 OK");
        assertThat(strip.unknown()).containsExactly("ISSI 215 0,13 0,06%");
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
        assertThat(parse(strip.text()).unknown()).isEqualTo(strip.unknown());
    }
}

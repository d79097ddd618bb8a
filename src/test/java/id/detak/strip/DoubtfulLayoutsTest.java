package id.detak.strip;

import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layouts in which a number could be taken for another. Each item stands between two others, which are always read: a
 * wrong number is never taken, and one odd piece costs no other.
 */
@BesideTheApplication
class DoubtfulLayoutsTest {

    private static final String BEFORE = "KOMPAS100 1.055 -9,60 -0,90%";
    private static final String BEHIND = "ISSI 214 0,13 0,06%";
    private static final String BEFORE_TOLD = "KOMPAS100 1055 -9.60 -0.90 1064.60 OK";
    private static final String BEHIND_TOLD = "ISSI 214 0.13 0.06 213.87 OK";
    private static final String LQ45 = "LQ45 898.78 -24.72 -2.68 923.50 OK";
    private static final String IDX = "IDX 7166 -66.59 -0.92 7232.59 OK";
    private static final String IDX30 = "IDX30 427 -6.80 -1.57 433.80 OK";

    private static final StripParser PARSER = new StripParser(Stream.concat(
                    Strips.KNOWN.stream()
                            .map(known -> new KnownLabel(
                                    known.label(),
                                    known.code(),
                                    List.of("EMAS", "USD/IDR").contains(known.code()) ? 0 : 2,
                                    known.code().startsWith("RD."))),
                    Stream.of("S&P 500", "NIKKEI 225", "FTSE 100").map(label -> new KnownLabel(label, label)))
            .toList());

    /** @param told the quote, or null if the item must not give one */
    record Case(String item, String told, boolean reported) {}

    static Stream<Case> items() {
        return Stream.of(
                // signs that only the markup shows
                quote("IDX 7.166 <span class=\"down\">66,59 0,92%</span>", IDX),
                quote("IDX 7.166 <i class=\"fa fa-caret-down\"></i> 66,59 0,92%", IDX),
                quote("IDX 7.166 <i class=\"fa fa-caret-down\" aria-hidden=\"true\"></i> 66,59 0,92%", IDX),
                quote("IDX 7.166 <img src=\"/a.png\" alt=\"turun\"> 66,59 0,92%", IDX),
                quote("IDX 7.166 <img src=\"/img/arrow-down.png\"> 66,59 0,92%", IDX),
                quote("IDX 7.166 <span aria-label=\"turun\">66,59 0,92%</span>", IDX),
                quote("IDX 7.166 <span class=\"sr-only\">turun</span> 66,59 0,92%", IDX),
                quote("IDX 7.166 <svg class=\"icon\"><use href=\"#arrow-down\"></use></svg> 66,59 0,92%", IDX),
                quote("<span class=\"priceDown\">IDX 7.166 66,59 0,92%</span>", IDX),
                quote("IDX 7.166 <span data-trend=\"turun\">66,59</span> <span>0,92%</span>", IDX),
                quote(
                        "IDX 7.166 <span class=\"text-negative\">66,59</span> <span class=\"text-negative\">0,92%</span>",
                        IDX),
                quote("IDX 7.166 <span class=\"down\">-66,59 -0,92%</span>", IDX),
                quote("IDX 7.166 <span class=\"up\">-66,59 -0,92%</span>", IDX),
                quote("IDX30 427 <span class=\"naik\">6,80 1,62%</span>", "IDX30 427 6.80 1.62 420.20 OK"),
                quote("IDX30 427 <span class=\"dropdown\">6,80 1,62%</span>", "IDX30 427 6.80 1.62 420.20 OK"),
                quote("IDX30 427 <span style=\"color:green\">6,80 1,62%</span>", "IDX30 427 6.80 1.62 420.20 OK"),
                value("IDX 7.166 <span style=\"color:red\">66,59 0,92%</span>", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 <span class=\"merah\">66,59 0,92%</span>", "IDX 7166 - - - UNCHECKED"),
                value(
                        "IDX 7.166 <font color=\"red\">66,59</font> <font color=\"red\">0,92%</font>",
                        "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 <i class=\"i-17\"></i> 66,59 0,92%", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 <img src=\"/17.gif\"> 66,59 0,92%", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 <i class=\"up down\"></i> 66,59 0,92%", "IDX 7166 - - - UNCHECKED"),
                refused("RD.SAHAM <span style=\"color:red\">0,05%</span>"),
                quote("IDX 7.166 <i class=\"i-17\"></i> 0,00 0,00%", "IDX 7166 0.00 0.00 7166.00 OK"),
                // a value and a second number
                value("EMAS 1.609.000 1.480.000", "EMAS 1609000 - - - UNCHECKED"),
                value("LQ45 898,78 -2,68", "LQ45 898.78 - - - UNCHECKED"),
                value("LQ45 898,78 -24,72 -2,68", "LQ45 898.78 - - - UNCHECKED"),
                value("LQ45 898,78 24,72 2,68", "LQ45 898.78 - - - UNCHECKED"),
                value("LQ45 898,78 -24,72", "LQ45 898.78 - - - UNCHECKED"),
                value("LQ45 898,78 923,50", "LQ45 898.78 - - - UNCHECKED"),
                value("EMAS <del>1.611.000</del> <ins>1.609.000</ins>", "EMAS 1609000 - - - UNCHECKED"),
                value("EMAS 1.609.000 1.480.000 0,12%", "EMAS 1609000 - - - UNCHECKED"),
                value("LQ45 923,50 898,78 -2,68%", "LQ45 898.78 - - - UNCHECKED"),
                quote("LQ45 898,78 923,50 -24,72 -2,68%", LQ45),
                quote("LQ45 923,50 898,78 -24,72 -2,68%", LQ45),
                refused("LQ45 898,78 923,50 24,72"),
                refused("LQ45 898,78 1.000 2.000 -2,68%"),
                // the low and the high of a day: the strip shows one value, and neither of them need be it
                refused("IDX 7.100 - 7.200 0,09%"),
                refused("IDX 7.100-7.200 0,09%"),
                refused("IDX 7.100 – 7.200 0,09%"),
                refused("IDX 7.100 — 7.200 0,09%"),
                refused("IDX 7.200 - 7.100 (0,09%)"),
                refused("IDX 7.100 - 7.200"),
                refused("EMAS 1.300.000 – 1.319.000"),
                refused("EMAS Rp 1.300.000 - Rp 1.319.000 0,00%"),
                refused("IDX 7.150 7.100 - 7.200 0,09%"),
                refused("IDX 0,09% 7.100 - 7.200"),
                quote("LQ45 898,78 -24,72 2,68%", "LQ45 898.78 -24.72 2.68 - SUSPECT"),
                quote("LQ45 90,00 -24,72 -2,68%", "LQ45 90.00 -24.72 -2.68 - SUSPECT"),
                // a number that may belong to the label, or to another quantity, before the value
                refused("EMAS 24 1.319.000 0,00%"),
                refused("EMAS 24 1.319.000"),
                refused("EMAS 24K 1.319.000 0,00%"),
                refused("EMAS 1 gram 1.319.000 0,00%"),
                refused("EMAS 1 1.319.000 0,00%"),
                refused("EMAS 24 Rp 1.319.000 0,00%"),
                refused("EMAS 24 1 319 000 0,00%"),
                refused("EMAS <span>24</span> <span>1.319.000</span> <span>0,00%</span>"),
                refused("EMAS 24 | 1.319.000 | 0,00%"),
                refused("USD/IDR 1 16.146 0,04%"),
                refused("USD/IDR 1 16.146"),
                refused("USD/IDR 1 = 16.146 0,04%"),
                refused("DAX 40 18.500,12 0,5%"),
                refused("DAX 40 18.500,12"),
                refused("DAX 40 (0,50%)"),
                refused("DAX 40 0,50%"),
                refused("JII 70 180,12 0,50%"),
                refused("JII 70 180,12 1,20"),
                refused("CAC 40 7.500,10 -12,00"),
                refused("IDX 6,59 7.166,48 0,09%"),
                refused("IDX 6,59 7.166,48"),
                refused("IDX -6,59 7.166,48 -0,09%"),
                refused("IDX 12:30 7.166,48 0,09%"),
                refused("S&P 100 5.000,12 (0,02%)"),
                refused("EMAS2 1.319.000"),
                refused("EMAS2 IDR 1.319.000"),
                // an unknown label needs a percent as the strip prints it
                refused("HANYA 50.000"),
                refused("IKLAN PROMO 10.000"),
                refused("PROMO KPR 4 5%"),
                refused("DISKON 50%"),
                refused("CICILAN Rp 10.000 0%"),
                refused("Klik di sini 10.000"),
                quote("CAC 40 7.500,10 -12,00 -0,16%", "CAC 40 7500.10 -12.00 -0.16 7512.10 OK"),
                quote("JII 70 180,12 1,20 0,67%", "JII 70 180.12 1.20 0.67 178.92 OK"),
                // split numbers
                quote("USD/IDR 16&nbsp;146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD/IDR 16&nbsp146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD/IDR 16 146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD/IDR 16\u2009146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD/IDR <span>16</span><span>146</span> 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("EMAS 1 609 000 -2 000 -0,12%", "EMAS 1609000 -2000 -0.12 1611000 OK"),
                quote("EMAS 1 609 000 0,00%", "EMAS 1609000 - 0.00 - UNCHECKED"),
                quote("LQ45 898<sup>,78</sup> -24,72 -2,68%", LQ45),
                quote("LQ45 <span>898</span><span>,78</span> -24,72 -2,68%", LQ45),
                quote("LQ45 <span>898,</span><span>78</span> -24,72 -2,68%", LQ45),
                quote("LQ45 <i>8</i><i>9</i><i>8</i><i>,</i><i>7</i><i>8</i> -24,72 -2,68%", LQ45),
                quote("EMAS 1.609.<wbr>000 0,00%", "EMAS 1609000 - 0.00 - UNCHECKED"),
                refused("LQ45 2 898,78 0,20%"),
                refused("EMAS 24 319.000"),
                refused("EMAS 24 319.000 0,00%"),
                refused("USD/IDR 16 146 0,33%"),
                refused("EMAS 24 319 0,00%"),
                quote("LQ45 1 012,34 12,34 1,23%", "LQ45 1012.34 12.34 1.23 1000.00 OK"),
                refused("LQ45 898<sup>78</sup> -24,72 -2,68%"),
                refused("IDX30 427 131"),
                refused("IDX30 427 131 0,50%"),
                refused("IDX 1 2 3 4%"),
                // a value that is missing: the change is none
                refused("IDX <span data-value=\"7166\"></span> 6,59 0,09%"),
                refused("IDX <span class=\"value\"></span> 6,59 0,09%"),
                refused("IDX <b class=\"last-price\"></b> <b>6,59</b> <b>0,09%</b>"),
                refused("IDX <input value=\"7.166\"> 6,59 0,09%"),
                quote("IDX <span class=\"item\"></span> 7.166 6,59 0,09%", "IDX 7166 6.59 0.09 7159.41 OK"),
                // hidden copies
                quote("LQ45 <span hidden>1,00</span>898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <span style=\"display: none\">1,00</span>898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <span aria-hidden=\"true\">1,00</span>898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <template>1,00</template><noscript>2,00</noscript><!-- 3,00 -->898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <span class=\"sr-only\">898 koma 78</span>898,78 -24,72 -2,68%", LQ45),
                // words and notes: the value is certain, its change is not
                value("IDX 7.166 6,59 0,09% turun", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 turun 6,59 0,09%", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 6,59 0,09% <b>melemah</b>", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 (tunda 10 menit) 6,59 0,09%", "IDX 7166 - - - UNCHECKED"),
                value("IDX30 427 lihat grafik 6,80 1,57%", "IDX30 427 - - - UNCHECKED"),
                value("EMAS 1.319.000 turun 0,12%", "EMAS 1319000 - - - UNCHECKED"),
                refused("EMAS 24 karat 0,12%"),
                refused("EMAS 24 karat 1.319.000 0,12%"),
                refused("EMAS 1.319.000 per 5 gram 6.595.000 0,12%"),
                refused("EMAS 6.595.000 per 5 gram 0,12%"),
                refused("EMAS 13.190.000 / 10 gram 0,12%"),
                refused("IDX 20.000 saham 7.166 0,09%"),
                refused("IDX - 6,59 0,09%"),
                refused("LQ45 - 24,72 2,68%"),
                refused("IDX 1,20 poin ke 7.166 0,02%"),
                refused("RD.SAHAM turun 0,05%"),
                // dashes between label and numbers are no minus
                value("IDX - 7.166,98 - 6,59", "IDX 7166.98 - - - UNCHECKED"),
                value("IDX - 7.166,98 - 6,59 - 0,09%", "IDX 7166.98 - - - UNCHECKED"),
                value("IDX – 7.166,98 – 6,59 – 0,09%", "IDX 7166.98 - - - UNCHECKED"),
                value("EMAS - 1.319.000 - 0,12%", "EMAS 1319000 - - - UNCHECKED"),
                quote("EMAS - 1.319.000 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                refused("RD.SAHAM - 0,05%"),
                refused("RD.SAHAM – 0,05%"),
                refused("RD.SAHAM — 0,05%"),
                quote("RD.SAHAM -0,05%", "RD.SAHAM - - -0.05 - UNCHECKED"),
                quote("RD.SAHAM —0,05%", "RD.SAHAM - - -0.05 - UNCHECKED"),
                // a percent alone is a change only of a fund
                refused("BI RATE 6,00%"),
                refused("JIBOR 6,10%"),
                refused("INFLASI 2,80%"),
                refused("INFLASI -0,10%"),
                quote("RD.INDEKS 0,10%", "RD.INDEKS - - 0.10 - UNCHECKED"),
                // a text for screen readers beside what is shown
                quote("<span aria-hidden=\"true\">LQ45 898,78 -24,72 -2,68%</span>", LQ45),
                quote(
                        "<span aria-hidden=\"true\">LQ45 898,78 -24,72 -2,68%</span>"
                                + "<span class=\"sr-only\">LQ45 898 koma 78, turun 24 koma 72</span>",
                        LQ45),
                quote(
                        "<span class=\"visually-hidden\">LQ45 898 koma 78 turun</span>"
                                + "<span aria-hidden=\"true\">LQ45 898,78 -24,72 -2,68%</span>",
                        LQ45),
                quote(
                        "<b>LQ45</b> <span aria-hidden=\"true\">898,78 -24,72 -2,68%</span>"
                                + "<span class=\"sr-only\">898 koma 78</span>",
                        LQ45),
                quote(
                        "<a href=/x aria-label=\"LQ45 turun\"><span aria-hidden=\"true\">LQ45 898,78 24,72 2,68%</span></a>",
                        LQ45),
                quote(
                        "<span aria-hidden=\"true\">LQ45 898,78 24,72 2,68%</span>"
                                + "<span class=\"sr-only\">LQ45 898 koma 78, turun 24 koma 72</span>",
                        LQ45),
                quote(
                        "<span class=\"sr-only\">LQ45 turun 24 koma 72</span>"
                                + "<span aria-hidden=\"true\">LQ45 898,78 24,72 2,68%</span>",
                        LQ45),
                quote(
                        "<span aria-hidden=\"true\">LQ45</span><span class=\"sr-only\">Indeks LQ45</span> 898,78 -24,72 -2,68%",
                        LQ45),
                quote(
                        "<span class=\"sr-only\">Indeks LQ45</span><span aria-hidden=\"true\">LQ45</span> 898,78 -24,72 -2,68%",
                        LQ45),
                refused(
                        "LQ45 <i aria-hidden=\"true\">898,78</i> <i aria-hidden=\"true\">-24,72</i> <i aria-hidden=\"true\">-2,68%</i>"),
                quote("LQ45 898,78 <span aria-hidden=\"true\">-24,72 -2,68%</span>", "LQ45 898.78 - - - UNCHECKED"),
                // notation
                quote("LQ45 898.780 -24.720 -2.68%", "LQ45 898.780 -24.720 -2.68 923.500 OK"),
                quote("USD/IDR 16.175 -1.200 -6.91%", "USD/IDR 16175 -1200 -6.91 17375 OK"),
                quote("EMAS 1,609 juta 0,00%", "EMAS 1609000 - 0.00 - UNCHECKED"),
                quote("EMAS Rp 1,609 juta -Rp2 ribu -0,12%", "EMAS 1609000 -2000 -0.12 1611000 OK"),
                refused("EMAS 1.609 juta 0,00%"),
                quote("EMAS 1.319,000 0,00%", "EMAS 1319.000 - 0.00 - SUSPECT"),
                quote("IDX 7.166,980 6,590 0,09%", "IDX 7166.980 6.590 0.09 7160.390 OK"),
                quote("LQ45 898,78 (24,72) (2,68%)", LQ45),
                quote("EMAS 1.609.000 (0,12%)", "EMAS 1609000 - -0.12 - UNCHECKED"),
                quote("RD.SAHAM (0,12%)", "RD.SAHAM - - -0.12 - UNCHECKED"),
                quote("IDX30 427 6,80 (1,62%)", "IDX30 427 6.80 1.62 420.20 OK"),
                quote("IDX30 427 \u00ad6,80 \u00ad1,62%", "IDX30 427 6.80 1.62 420.20 OK"),
                quote("IDX30 427 &shy;6,80 &shy;1,62%", "IDX30 427 6.80 1.62 420.20 OK"),
                quote("LQ45 898,78 —24,72 —2,68%", LQ45),
                value("LQ45 898,78 — 24,72 — 2,68%", "LQ45 898.78 - - - UNCHECKED"),
                quote("EMAS Rp1.319.000,-", "EMAS 1319000 - - - UNCHECKED"),
                quote("EMAS Rp 1.609.000,- 0,00%", "EMAS 1609000 - 0.00 - UNCHECKED"),
                quote("EMAS Rp. 1.609.000,– 0,00%", "EMAS 1609000 - 0.00 - UNCHECKED"),
                quote("EMAS 1.319.000/gram 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS 1.319.000 per gram 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS IDR 1.319.000 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS 1.319.000 IDR 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("LQ45 898,78 poin -24,72 poin -2,68 persen", LQ45),
                quote("LQ45 898,78 -24,72 [-2,68%]", LQ45),
                quote("LQ45 898,78 (-24,72 / -2,68%)", LQ45),
                quote("LQ45 898,78 -24,72 (-2,68%)", LQ45),
                quote("LQ45: 898,78 -24,72 -2,68%", LQ45),
                value("LQ45 898,78 (24,72 / 2,68%)", "LQ45 898.78 - - - UNCHECKED"),
                quote("LQ45 898,78 24,72 2,68% ▼", LQ45),
                quote("▼ LQ45 898,78 24,72 2,68%", LQ45),
                quote("LQ45 898,78 ⬇\ufe0f24,72 2,68%", LQ45),
                quote("LQ45 898,78 \ud83d\udd3b 24,72 2,68%", LQ45),
                quote("LQ45 898,78 ↘ 24,72 2,68%", LQ45),
                quote("LQ45 \u2066898,78\u2069 \u2066-24,72\u2069 \u061c-2,68%", LQ45),
                quote("LQ45 -2,68% 898,78 -24,72", LQ45),
                quote("LQ45 898,78 -2,68% -24,72", LQ45),
                quote("LQ45 · 898,78 · -24,72 · -2,68%", LQ45),
                quote("IDX 7,166.48 -66.59 -0.92%", "IDX 7166.48 -66.59 -0.92 7233.07 OK"),
                quote("USD/IDR 16,146 54.00 0.33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD/IDR 16,146 0.33%", "USD/IDR 16146 - 0.33 - SUSPECT"),
                quote("LQ45 898,78 (▼24,72) (▼2,68%)", LQ45),
                quote("EMAS 1.319.000 +0 (+0,00%)", "EMAS 1319000 0 0.00 1319000 OK"),
                value("IDX30 427 (433,80) -1,57%", "IDX30 427 - - - UNCHECKED"),
                quote("<b>LQ45</b>: <i>898,78</i> | <i>-24,72</i> | <i>-2,68%</i>", LQ45),
                // numbers, times, links and units beside a quote
                quote("1. LQ45 898,78 -24,72 -2,68%", LQ45),
                quote("14:35 LQ45 898,78 -24,72 -2,68%", LQ45),
                quote("EMAS 1.319.000 0,00% <small>14:35 WIB</small>", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS 1.319.000 0,00% (1 Des)", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("RD.SAHAM 0,05% <button>Ikuti</button>", "RD.SAHAM - - 0.05 - UNCHECKED"),
                quote("EMAS 1.319.000 0,00% <a href=/x>Lihat grafik</a>", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS (Rp/gram) 1.319.000 0,00%", "EMAS 1319000 - 0.00 - UNCHECKED"),
                quote("EMAS (gram): Rp 1.319.000 (0,00%)", "EMAS 1319000 - 0.00 - UNCHECKED"),
                refused("LQ45 14:35 898,78 -24,72 -2,68%"),
                refused("RD.SAHAM 0,05% 14,35"),
                refused("EMAS (0,5 gram) 709.500 0,00%"),
                refused("LQ45 <span class=badge>tutup</span> 898,78 -24,72 -2,68%"),
                refused("LQ45 tutup 898,78 -24,72 -2,68%"),
                refused("LQ45 TUTUP 898,78 -24,72 -2,68%"),
                refused("LQ45 TURUN 898,78 24,72 2,68%"),
                // hidden by a usual class, unless on larger screens
                quote("LQ45 <span class=\"d-none\">1,00</span> 898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <span class=\"hidden\">turun</span> 898,78 -24,72 -2,68%", LQ45),
                quote("<span class=\"d-none d-md-inline\">LQ45</span> 898,78 -24,72 -2,68%", LQ45),
                quote("<span class=\"hidden md:inline\">LQ45</span> 898,78 -24,72 -2,68%", LQ45),
                quote("LQ45 <span role=\"tooltip\">45 saham</span> 898,78 -24,72 -2,68%", LQ45),
                new Case("<span class=\"hidden\">LQ45 898,78 -24,72 -2,68%</span>", null, false),
                refused("EMAS <span class=\"hide\">1.319.000</span> <span>2.000</span> <span>0,15%</span>"),
                refused("IDX <b class=\"value hidden\">7.166</b> <b>6,59</b> <b>0,09%</b>"),
                value("IDX 7.166 <span class=\"hidden\">-</span>6,59 0,09%", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 <i class=\"d-none fa fa-caret-down\"></i>6,59 0,09%", "IDX 7166 - - - UNCHECKED"),
                value("IDX 7.166 ~6,59 ~0,09%", "IDX 7166 - - - UNCHECKED"),
                quote("IDX 7.166 \u279666,59 \u27960,92%", IDX),
                quote("IDX 7.166 \u02d766,59 \u02d70,92%", IDX),
                quote("IDX 7.166 \u2bc666,59 0,92%", IDX),
                quote("IDX 7.166 \ud83e\udc1766,59 0,92%", IDX),
                // labels
                refused("IDX 30"),
                refused("IDX30"),
                quote("RD.<wbr>SAHAM 0,05%", "RD.SAHAM - - 0.05 - UNCHECKED"),
                quote("RD.<b>SAHAM</b> 0,05%", "RD.SAHAM - - 0.05 - UNCHECKED"),
                quote("RD.PENDAPATAN<br>TETAP 0,05%", "RD.PENDAPATAN TETAP - - 0.05 - UNCHECKED"),
                quote("<b>LQ</b>45 898,78 -24,72 -2,68%", LQ45),
                quote("IDX<sup>30</sup> 427 -6,80 -1,57%", IDX30),
                quote("IDX<sup>30</sup>427 -6,80 -1,57%", IDX30),
                refused("IDX<sup>1</sup> 7.166 6,59 0,09%"),
                refused("SRIKEHATI<sup>2</sup> 350 -2,00 -0,57%"),
                quote("S&amp;P 500 5.123,45 10,00 0,20%", "S&P 500 5123.45 10.00 0.20 5113.45 OK"),
                quote("S&P 500 5.123,45 10,00 0,20%", "S&P 500 5123.45 10.00 0.20 5113.45 OK"),
                quote("NIKKEI 225 38.500,12 -120,00 -0,31%", "NIKKEI 225 38500.12 -120.00 -0.31 38620.12 OK"),
                quote("FTSE 100 8.200,10 10,10 0,12%", "FTSE 100 8200.10 10.10 0.12 8190.00 OK"),
                quote(
                        "RD.SYARIAH PASAR UANG DOLAR AS LAMA 0,05%",
                        "RD.SYARIAH PASAR UANG DOLAR AS LAMA - - 0.05 - UNCHECKED"),
                quote("USDIDR 16.146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD-IDR 16.146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USD IDR 16.146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("USDIDR16.146 54,00 0,33%", "USD/IDR 16146 54.00 0.33 16200.00 OK"),
                quote("IDX BUMN20 350 -2,00 -0,57%", "IDX BUMN20 350 -2.00 -0.57 352.00 OK"),
                refused("USD 16.146 54,00 0,33%"),
                refused("USD16.146 54,00 0,33%"),
                refused("USD/ 16.146 54,00 0,33%"),
                refused("RD.PENDAPATAN 0,05%"),
                refused("RD 0,05%"),
                refused("LQ 898,78 -24,72 -2,68%"),
                refused("IDX LQ45 898,78 -24,72 -2,68%"),
                refused("IDX/LQ45 898,78 -24,72 -2,68%"),
                refused("IDX-LQ45 898,78 -24,72 -2,68%"),
                refused("IDX (LQ45) 898,78 -24,72 -2,68%"),
                refused("IDXLQ45898,78 -24,72 -2,68%"),
                refused("IDXLQ45 898,78 -24,72 -2,68%"),
                refused("SAHAM LQ45 898,78 -24,72 -2,68%"),
                refused("LQ45 & IDX30 898,78 -24,72 -2,68%"),
                refused("LQ45/USD/IDR 898,78 -24,72 -2,68%"),
                refused("EMAS ANTAM LQ45 898,78 -24,72 -2,68%"),
                value(
                        "<details><summary>x</summary>IDX 7.166 -66,59 -0,92%</details>",
                        "IDX 7166 -66.59 -0.92 7232.59 OK"),
                value("<div>Indeks</div><div>IDX 7.166 -66,59 -0,92%</div>", "IDX 7166 -66.59 -0.92 7232.59 OK"),
                value(
                        "<div>Indeks</div><div>IDX</div><div>7.166</div> -66,59 -0,92%",
                        "IDX 7166 -66.59 -0.92 7232.59 OK"),
                value("<small>Indeks<br>saham</small><br>LQ45 898,78 -24,72 -2,68%", LQ45),
                // funds have only percents
                refused("RD.SAHAM 1.234,56 0,05%"),
                refused("RD.SAHAM 1.234,56 0,62 0,05%"),
                refused("RD.SAHAM 1.234,56"),
                // pieces that are no quotes
                refused("LQ45 N/A N/A N/A"),
                refused("LQ45"),
                refused("Memuat..."),
                refused("(tunda 10 menit)"),
                refused("Iklan: pinjaman 5 menit cair"),
                refused("JIBOR 1M 6,10%"),
                refused("SBN 10Y 6,85% 0,02%"),
                refused("LQ45 898,78,1 -24,72 -2,68%"),
                refused("LQ45 -898,78 -2,68%"),
                refused("LQ45 <b>—</b>"),
                new Case("", null, false),
                new Case("<span></span>", null, false));
    }

    private static Case quote(String item, String told) {
        return new Case(item, told, false);
    }

    /** Only the value is taken, and the piece is reported. */
    private static Case value(String item, String told) {
        return new Case(item, told, true);
    }

    private static Case refused(String item) {
        return new Case(item, null, true);
    }

    @ParameterizedTest
    @MethodSource("items")
    void anItemIsReadRightOrReportedAndCostsNoOther(Case expected) {
        List<String> three = List.of(expected.item, BEFORE, BEHIND);
        for (List<String> order :
                List.of(List.of(BEFORE, expected.item, BEHIND), three, List.of(BEFORE, BEHIND, expected.item))) {
            Strip strip =
                    parse("| : WIB | INDIKATOR |<ul><li>" + String.join("</li><li>", order) + "</li></ul><p>Kisah</p>");
            List<String> told = new ArrayList<>(List.of(BEFORE_TOLD, BEHIND_TOLD));
            Optional.ofNullable(expected.told).ifPresent(told::add);
            assertThat(told(strip)).as(order + " " + strip.text()).containsExactlyInAnyOrderElementsOf(told);
            assertThat(strip.unknown()).as(order.toString()).hasSize(expected.reported ? 1 : 0);
            Strip again = parse(strip.text());
            assertThat(again.quotes()).as(strip.text()).isEqualTo(strip.quotes());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<article><h2>Indikator</h2>%s</article>",
                "<main><h1>Ekonomi 2026</h1><h2>Indikator</h2>%s</main>",
                "<div class=\"article-body\"><p>Kisah</p><b>INDIKATOR</b>%s</div>",
                "<p>Ekonomi</p><h2>INDIKATOR</h2>%s",
                "<table><caption>Data</caption></table><h3>Indikator</h3>%s"
            })
    void aListInAnArticleIsNoStrip(String article) {
        String real = "<div>| : WIB | INDIKATOR |<ul><li>" + BEFORE + "</li><li>" + BEHIND + "</li></ul></div>";
        for (String list : List.of(
                "<ul><li>Pertumbuhan 5,2%</li><li>Inflasi 2,8%</li><li>Nilai tukar Rp 15.000</li><li>KOMPAS100 1.100 4%</li></ul>",
                "<ul><li>RSI 65,4</li><li>MACD -2,3</li><li>NPL 2,5%</li><li>ROE 15,2%</li></ul>",
                "<table><tr><th>Indikator</th><th>2025</th><th>2026F</th></tr><tr><td>KOMPAS100</td><td>1.100</td><td>1.200</td></tr>"
                        + "<tr><td>USD/IDR</td><td>15.000</td><td>15.500</td></tr><tr><td>PDB</td><td>5,1%</td><td>5,3%</td></tr></table>",
                "<table><tr><td>Pertumbuhan</td><td>5,2%</td></tr><tr><td>Inflasi</td><td>2,8%</td></tr></table>",
                "<div>Pertumbuhan 5,2%</div><div>Inflasi 2,8%</div>",
                "<p>Pertumbuhan 5,2%</p><p>KOMPAS100 1.100 9,9%</p>")) {
            String page = article.formatted(list);
            assertThat(PARSER.parse(page)).as(page).isEmpty();
            for (String both : List.of(real + page, page + real)) {
                assertThat(told(parse(both))).as(both).containsExactly(BEFORE_TOLD, BEHIND_TOLD);
            }
        }
    }

    @Test
    void aPlainTextArticleIsNoStrip() {
        String prose =
                "Ekonom memperkirakan pertumbuhan ekonomi tahun depan membaik seiring dengan turunnya suku bunga acuan, "
                        + "kata seorang pengamat yang tidak mau disebut namanya di Jakarta pada hari Senin.\n";
        String list = "Indikator\n• Pertumbuhan 5,2%\n• Inflasi 2,8%\n• KOMPAS100 1.100 1,00 0,09%\n";
        assertThat(PARSER.parse(prose + list)).isEmpty();
        assertThat(PARSER.parse("Indikator 2025 2026\nKOMPAS100 1.100 1.200\nUSD/IDR 15.000 15.500\n"))
                .isEmpty();
        assertThat(told(parse(Strips.SECOND + prose + list))).isEqualTo(told(parse(Strips.SECOND)));
    }

    @Test
    void visibleCopiesThatDifferAreSuspect() {
        Strip strip = parse("<nav>14:35 WIB | INDIKATOR<ul><li>" + BEFORE + "</li><li>" + BEHIND + "</li></ul></nav>"
                + "<footer>14:35 WIB | INDIKATOR<ul><li>KOMPAS100 1.056 -9,60 -0,90%</li><li>" + BEHIND
                + "</li></ul></footer>");
        assertThat(told(strip)).containsExactly("KOMPAS100 1055 -9.60 -0.90 - SUSPECT", BEHIND_TOLD);
        assertThat(strip.unknown()).containsExactly("KOMPAS100 1.056 -9,60 -0,90%");
    }

    @Test
    void aCopyWithoutAHeadingIsComparedToo() {
        String list = "<ul><li>" + BEFORE + "</li><li>LQ45 898,78 -24,72 -2,68%</li><li>" + BEHIND + "</li></ul>";
        Strip strip = parse("| : WIB | INDIKATOR |" + list + list.replace("214", "215"));
        assertThat(told(strip)).containsExactly(BEFORE_TOLD, LQ45, "ISSI 214 0.13 0.06 - SUSPECT");
        assertThat(strip.unknown()).containsExactly("ISSI 215 0,13 0,06%");
    }

    @Test
    void aRoundedCopyDoesNotDiffer() {
        Strip strip = parse(
                "<b>WIB INDIKATOR</b><ul><li>LQ45 899</li></ul><b>WIB INDIKATOR</b><ul><li>LQ45 898,78 -24,72 -2,68%</li></ul>");
        assertThat(told(strip)).containsExactly(LQ45);
    }

    static Stream<String> tables() {
        String head = "<thead><tr><th>Indikator</th><th>Terakhir</th><th>%</th><th>Perubahan</th></tr></thead>";
        return Stream.of(
                "<table>" + head + row("KOMPAS100", "1.055", "-0,90", "-9,60") + row("ISSI", "214", "0,06%", "0,13")
                        + "</table>",
                "<table>" + head + "<tr><td colspan=4>Indeks</td></tr>" + row("KOMPAS100", "1.055", "-0,90%", "-9,60")
                        + row("ISSI", "214", "0,06%", "0,13") + "</table>",
                "| : WIB | INDIKATOR |<table>" + row("", "KOMPAS100", "ISSI") + row("Nilai", "1.055", "214")
                        + row("Perubahan", "-9,60", "0,13") + row("%", "-0,90", "0,06") + "</table>",
                "| : WIB | INDIKATOR |<table>" + row("KOMPAS100", "ISSI") + row("1.055", "214") + row("-9,60", "0,13")
                        + row("-0,90%", "0,06%") + "</table>",
                "<table>" + row("Indikator", "Terakhir", "Sebelumnya", "Perubahan", "Perubahan (%)", "Waktu")
                        + row("KOMPAS100", "1.055", "1.064,60", "-9,60", "-0,90", "14:35")
                        + row("ISSI", "214", "213,87", "0,13", "0,06", "14:35") + "</table>",
                "<table>"
                        + row("Indikator", "Terakhir", "", "Perubahan", "%").replace("<td></td>", "<td>Sebelumnya</td>")
                        + row(
                                "KOMPAS100",
                                "1.055",
                                "1.064,60",
                                "<span class=down>9,60</span>",
                                "<span class=down>0,90</span>")
                        + row("ISSI", "214", "213,87", "<span class=up>0,13</span>", "<span class=up>0,06</span>")
                        + "</table>",
                "| INDIKATOR | Nilai | Perubahan | % |\n|:---|---:|---:|---:|\n| KOMPAS100 | 1.055 | -9,60 | -0,90 |\n| ISSI | 214 | 0,13 | 0,06 |\n",
                "| : WIB | INDIKATOR |<table>" + row("KOMPAS100 1.055 -9,60 -0,90%", "ISSI 214 0,13 0,06%")
                        + "</table>",
                "<table><caption>INDIKATOR</caption>" + row("KOMPAS100", "1.055", "-9,60", "-0,90%")
                        + row("ISSI", "214", "0,13", "0,06%") + "</table>",
                "<table><caption>Indikator pasar</caption>" + row("Indeks", "Terakhir", "+/-", "%")
                        + row("KOMPAS100", "1.055", "-9,60", "-0,90") + row("ISSI", "214", "0,13", "0,06") + "</table>",
                "<table><tr><th colspan=4>INDIKATOR</th></tr>" + row("KOMPAS100", "1.055", "-9,60", "-0,90%")
                        + row("ISSI", "214", "0,13", "0,06%") + "</table>");
    }

    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    @ParameterizedTest
    @MethodSource("tables")
    void aTableIsReadByItsHead(String table) {
        assertThat(told(parse(table))).containsExactly(BEFORE_TOLD, BEHIND_TOLD);
    }

    @Test
    void anArrowBetweenTwoQuotesOfALineBelongsToNeither() {
        Strip strip = parse("WIB | INDIKATOR LQ45 898,78 -24,72 -2,68% ISSI 214 0,13 0,06% ▼ IDX 7.166 66,59 0,92%\n");
        assertThat(told(strip)).containsExactly(LQ45, "ISSI 214 - - - UNCHECKED", "IDX 7166 - - - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("± ISSI 214 0,13 0,06%", "± IDX 7.166 66,59 0,92%");
    }

    @Test
    void aRuleBelowALineWithoutCellsIsNoTable() {
        Strip strip = parse(Strips.SECOND + "  |---|\n| a | 1 |\n|---|\n| a | 1 |\n");
        assertThat(told(strip)).isEqualTo(told(parse(Strips.SECOND)));
    }

    @Test
    void groupsOfAListAreRead() {
        Strip strip = parse("| : WIB | INDIKATOR |<ul><li>Indeks<ul><li>" + BEFORE + "</li><li>" + BEHIND
                + "</li></ul></li><li>Reksa Dana<ul><li>RD.SAHAM 0,05%</li></ul></li></ul><ul><li>Berita 7%</li></ul>");
        assertThat(told(strip)).containsExactly(BEFORE_TOLD, BEHIND_TOLD, "RD.SAHAM - - 0.05 - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("Indeks", "Reksa Dana");
    }

    @Test
    void theSignOfARowCountsForItsNumbers() {
        Strip strip = parse("<table>" + row("Indikator", "Nilai", "Perubahan", "%")
                + row("KOMPAS100", "1.055", "9,60", "0,90").replace("<tr>", "<tr class='saham turun'>")
                + row("ISSI", "214", "0,13", "0,06").replace("<tr>", "<tr class='saham naik'>") + "</table>");
        assertThat(told(strip)).containsExactly(BEFORE_TOLD, BEHIND_TOLD);
    }

    @Test
    void aTableWithAColumnOfUnknownMeaningIsRefused() {
        Strip strip = parse("| : WIB | INDIKATOR |<table>" + row("Indikator", "Terakhir", "Skor", "%")
                + row("KOMPAS100", "1.055", "9,60", "0,90") + "</table>");
        assertThat(strip.quotes()).isEmpty();
        assertThat(strip.unknown()).containsExactly("KOMPAS100 ¦ 1.055 ¦ 9,60 ¦ 0,90");
        assertThat(parse("| : WIB | INDIKATOR |<table>" + row("Indikator", "Terakhir", "%")
                                + row("KOMPAS100", "1.055", "-9,60", "-0,90") + "</table>")
                        .quotes())
                .isEmpty();
    }

    @Test
    void columnsThatAreNotReadAreReported() {
        Strip strip = parse("<table>" + row("Indikator", "Terakhir", "Sebelumnya", "Perubahan", "%", "Waktu")
                + row("KOMPAS100", "1.055", "1.064,60", "-9,60", "-0,90", "14:35") + "</table>");
        assertThat(told(strip)).containsExactly(BEFORE_TOLD);
        assertThat(strip.unknown()).containsExactly("Sebelumnya ¦ Waktu");
        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
    }

    @Test
    void ofABuyingAndASellingPriceNoneIsTheValue() {
        String head = ": WIB | INDIKATOR |<table>";
        for (String[] names :
                new String[][] {{"Nama", "Harga Beli", "Harga Jual"}, {"Nama", "Jual", "Beli"}, {"Nama", "Bid", "Ask"}
                }) {
            Strip strip = parse(head + row(names) + row("EMAS", "1.480.000", "1.609.000") + "</table>");
            assertThat(strip.quotes()).isEmpty();
            assertThat(strip.unknown()).containsExactly("EMAS ¦ 1.480.000 ¦ 1.609.000");
        }
        assertThat(told(parse(head + row("Nama", "Harga Jual", "Buyback") + row("EMAS", "1.609.000", "1.480.000")
                        + "</table>")))
                .containsExactly("EMAS 1609000 - - - UNCHECKED");
    }

    @Test
    void anEmptyCellShiftsNoColumn() {
        Strip strip = parse(": WIB | INDIKATOR |<table>" + row("KOMPAS100", "1.055", "-9,60", "-0,90%")
                + row("IDX", "", "6,59", "0,09%") + row("EMAS", "1.319.000", "", "0,00%") + "</table>");
        assertThat(told(strip)).containsExactly(BEFORE_TOLD, "EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(strip.unknown()).containsExactly("IDX ¦ 6,59 ¦ 0,09%");
    }

    /** The number behind the place of a value is its change. */
    static Stream<String> missingValues() {
        String fields = "<li><span>KOMPAS100</span><span>1.055</span><span>-9,60</span><span>-0,90%</span></li>"
                + "<li><span>PERAK</span><span></span><span>6,59</span><span>0,09%</span></li>"
                + "<li><span>ISSI</span><span>214</span><span>0,13</span><span>0,06%</span></li>";
        return Stream.of(
                ": WIB | INDIKATOR |<table>" + row("KOMPAS100", "1.055", "-9,60", "-0,90%")
                        + row("PERAK", "", "6,59", "0,09%") + row("ISSI", "214", "0,13", "0,06%") + "</table>",
                ": WIB | INDIKATOR |<table>" + row("1", "KOMPAS100", "1.055", "-9,60", "-0,90%")
                        + row("2", "PERAK", "&nbsp;", "6,59", "0,09%") + row("3", "ISSI", "214", "0,13", "0,06%")
                        + "</table>",
                ": WIB | INDIKATOR |<table>" + row("KOMPAS100", "1.055", "-9,60", "-0,90%")
                        + row("PERAK", "N/A", "6,59", "0,09%") + row("ISSI", "214", "0,13", "0,06%") + "</table>",
                ": WIB | INDIKATOR |<ul>" + fields + "</ul>",
                ": WIB | INDIKATOR |<ul>" + fields.replace("<span></span>", "<span class=value></span>") + "</ul>",
                "| : WIB | INDIKATOR |\n| KOMPAS100 | 1.055 | -9,60 | -0,90% |\n| PERAK | | 6,59 | 0,09% |\n"
                        + "| ISSI | 214 | 0,13 | 0,06% |\n",
                "| : WIB | INDIKATOR |\n|---|---|---|---|\n| KOMPAS100 | 1.055 | -9,60 | -0,90% |\n"
                        + "| PERAK | | 6,59 | 0,09% |\n| ISSI | 214 | 0,13 | 0,06% |\n");
    }

    @ParameterizedTest
    @MethodSource("missingValues")
    void anEmptyCellIsAMissingValue(String page) {
        for (String label : List.of("PERAK", "IDX", "EMAS")) {
            Strip strip = parse(page.replace("PERAK", label));
            assertThat(told(strip)).as(page).containsExactly(BEFORE_TOLD, BEHIND_TOLD);
            assertThat(strip.unknown()).as(page).hasSize(1);
            Strip again = parse(strip.text());
            assertThat(again.quotes()).isEqualTo(strip.quotes());
            assertThat(again.unknown()).isEqualTo(strip.unknown());
        }
    }

    @Test
    void aColumnWithoutNumbersIsNoMissingValue() {
        String items = row("KOMPAS100", "", "1.055", "-9,60", "-0,90%") + row("ISSI", "", "214", "0,13", "0,06%");
        assertThat(told(parse(": WIB | INDIKATOR |<table>" + items + "</table>")))
                .containsExactly(BEFORE_TOLD, BEHIND_TOLD);
        assertThat(told(parse(
                        "WIB | INDIKATOR |\nKOMPAS100 || 1.055 || -9,60 || -0,90%\nEMAS || 1.319.000 || 0,00%\n")))
                .containsExactly(BEFORE_TOLD, "EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(parse(": WIB | INDIKATOR |<table>" + row("IDX", "", "6,59", "0,09%") + "</table>")
                        .quotes())
                .isEmpty();
        assertThat(parse(": WIB | INDIKATOR |<table>" + row("IDX", "", "6,59", "0,09%")
                                + row("ISSI", "", "-0,13", "-0,06%") + "</table>")
                        .quotes())
                .as("the value of each is missing")
                .isEmpty();
    }

    @Test
    void aChangeAsLargeAsItsValueIsAnotherPrice() {
        Strip strip = parse(": WIB | INDIKATOR |<table>" + row("Nama", "Nilai", "Perubahan")
                + row("LQ45", "898,78", "923,50") + row("ISSI", "214", "0,13") + "</table>");
        assertThat(told(strip)).containsExactly("LQ45 898.78 - - - UNCHECKED", "ISSI 214 0.13 - - UNCHECKED");
        assertThat(strip.unknown()).hasSize(1);
    }

    @Test
    void theChangeOfAColumnIsUncheckedWithoutAPercent() {
        Strip strip = parse("<table>" + row("Indikator", "Nilai", "Perubahan") + row("KOMPAS100", "1.055", "-9,60")
                + row("IDX", "7.166", "-66,59") + "</table>");
        assertThat(told(strip)).containsExactly("KOMPAS100 1055 -9.60 - - UNCHECKED", "IDX 7166 -66.59 - - UNCHECKED");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INDIKATOR 14:35 WIB%s",
                "INDIKATOR | 14.35%s",
                "INDIKATOR Rabu, 25 November 2026%s",
                "INDIKATOR 25/11/2026 14:35%s",
                "INDIKATOR <a href=/>Selengkapnya »</a>%s",
                "<h3>INDIKATOR <a href=/>Lihat semua</a></h3>%s",
                "<h3>Indikator Pasar</h3>%s",
                "<h3>DATA PASAR</h3>%s",
                "<h3>Market</h3>%s",
                "<div>INDIKATOR – </div>%s",
                "<h3>Indikator Pasar Hari Ini</h3>%s",
                "<h3>Indikator Ekonomi & Pasar</h3>%s",
                "<h3>INDIKATOR <small>(tunda 10 menit)</small></h3>%s",
                "<h3>\ud83d\udcc8 INDIKATOR</h3>%s",
                "<header>%s</header>",
                "<div>%s</div>"
            })
    void aHeadingMayBeFollowedOrMissing(String heading) {
        String list = "<ul><li>" + BEFORE + "</li><li>LQ45 898,78 -24,72 -2,68%</li><li>" + BEHIND + "</li></ul>";
        Strip strip = parse(heading.replace("%s", list));
        assertThat(told(strip)).containsExactly(BEFORE_TOLD, LQ45, BEHIND_TOLD);
        assertThat(strip.unknown()).isEmpty();
    }

    @Test
    void itemsMayStandOnTheLineOfTheHeading() {
        String items = "LQ45 898,78 -24,72 -2,68% EMAS 1.319.000 0,00%";
        for (String heading : List.of(
                "INDIKATOR ", "INDIKATOR – ", "INDIKATOR: ", "INDIKATOR PASAR | ", "14:35 WIB | INDIKATOR | ")) {
            assertThat(told(parse(heading + items)))
                    .as(heading)
                    .containsExactly(LQ45, "EMAS 1319000 - 0.00 - UNCHECKED");
        }
    }

    /** One odd piece on the line of the heading costs no quote, wherever it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {"Iklan", "Memuat...", "(tunda 10 menit)", "IDX N/A", "IDX80 - - -", "JIBOR 1M 6,10%", "Promo 10%"
            })
    void anOddPieceOnTheLineOfTheHeadingCostsNoOther(String odd) {
        String[] items = {"LQ45 898,78 -24,72 -2,68%", "EMAS 1.319.000 0,00%", BEHIND, "RD.SAHAM 0,05%"};
        for (String heading : List.of("INDIKATOR ", "14:35 WIB | INDIKATOR | ", ": WIB INDIKATOR ")) {
            for (String separator : List.of(" ", " | ")) {
                for (int at = 0; at <= items.length; at++) {
                    List<String> line = new ArrayList<>(List.of(items));
                    line.add(at, odd);
                    for (String page : List.of(
                            heading + String.join(separator, line) + "\n",
                            "<p>" + heading + String.join(separator, line) + "</p><p>Kisah</p>")) {
                        Strip strip = parse(page);
                        assertThat(told(strip))
                                .as(page)
                                .containsExactly(
                                        LQ45,
                                        "EMAS 1319000 - 0.00 - UNCHECKED",
                                        BEHIND_TOLD,
                                        "RD.SAHAM - - 0.05 - UNCHECKED");
                        assertThat(parse(strip.text()).quotes()).isEqualTo(strip.quotes());
                    }
                }
            }
        }
    }

    @Test
    void itemsOnTheLineOfTheHeadingAreNotReportedToo() {
        Strip strip = parse("<div>: WIB | INDIKATOR LQ45 898,78 -24,72 -2,68% EMAS 1.319.000 0,00%<ul><li>" + BEHIND
                + "</li></ul></div>");
        assertThat(told(strip)).containsExactly(LQ45, "EMAS 1319000 - 0.00 - UNCHECKED", BEHIND_TOLD);
        assertThat(strip.unknown()).isEmpty();
    }

    @Test
    void withoutAHeadingThreeCheckedQuotesAreNeeded() {
        String three = "• " + BEFORE + "\n• LQ45 898,78 -24,72 -2,68%\n• " + BEHIND + "\n";
        assertThat(told(parse("Beranda\nBerita\n" + three))).hasSize(3);
        assertThat(PARSER.parse("Beranda\n• " + BEFORE + "\n• EMAS 1.319.000 0,00%\n• " + BEHIND + "\n"))
                .isEmpty();
        assertThat(PARSER.parse(
                        "<article><p>Rekap</p>" + three.replace("• ", "<p>").replace("\n", "</p>") + "</article>"))
                .isEmpty();
    }

    @Test
    void aSourceMayNameItsHeadingOrElement() {
        String page =
                "<h4>Bursa kita</h4><ul><li>FOO 100,00 1,00 1,01%</li></ul><div id=x><span>BAR</span> <b>5,00</b> <i>0,10%</i></div>";
        assertThat(PARSER.parse(page)).isEmpty();
        assertThat(told(PARSER.parse(page, new StripLocator("bursa kita", null)).orElseThrow()))
                .containsExactly("FOO 100.00 1.00 1.01 99.00 OK");
        Strip named = PARSER.parse(page, new StripLocator(null, "#x")).orElseThrow();
        assertThat(told(named)).containsExactly("BAR 5.00 - 0.10 - UNCHECKED");
        assertThat(parse(named.text()).quotes()).isEqualTo(named.quotes());
        assertThat(PARSER.parse(page, new StripLocator(null, "#y"))).isEmpty();
        assertThat(new StripLocator(null, "#x >").selectorProblem()).isPresent();
        assertThat(new StripLocator(null, "#x > li").selectorProblem()).isEmpty();
    }

    @Test
    void oneOddPieceInPlainTextCostsNoOther() {
        String[] items = {BEFORE, "EMAS 1.319.000 0,00%", "LQ45 898,78 -24,72 -2,68%", BEHIND};
        for (String odd :
                List.of("IDX N/A N/A N/A", "Memuat...", "(tunda 10 menit)", "JIBOR 1M 6,10%", "SBN 10Y 6,85% 0,02%")) {
            for (String separator : List.of("\n• ", "\n", "\n\n• ")) {
                for (int at = 0; at < items.length; at++) {
                    List<String> lines = new ArrayList<>(Arrays.asList(items));
                    lines.add(at, odd);
                    String page = "| : WIB | INDIKATOR |" + separator + String.join(separator, lines) + "\n";
                    assertThat(told(parse(page)))
                            .as(page)
                            .containsExactly(BEFORE_TOLD, "EMAS 1319000 - 0.00 - UNCHECKED", LQ45, BEHIND_TOLD);
                }
            }
        }
    }

    private static Strip parse(String page) {
        return PARSER.parse(page).orElseThrow(() -> new AssertionError("no strip in: " + page));
    }
}

package id.detak.strip;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A strip in a random layout, with one random piece that is no quote. */
class OddPieceTest {

    private static final List<String> LABELS = List.of(
            "LQ45",
            "EMAS",
            "KOMPAS100",
            "ISSI",
            "IDX30",
            "IDXHIDIV20",
            "RD.PENDAPATAN TETAP",
            "IDX",
            "RD.SAHAM",
            "USD/IDR");
    private static final List<String> ODD = List.of(
            "IDX80 N/A N/A N/A",
            "IDX80",
            "IDX80 - - -",
            "Memuat...",
            "(tunda 10 menit)",
            "Iklan: kredit tanpa agunan",
            "JIBOR 1M 6,10%",
            "SBN 10Y 6,85% 0,02%",
            "IDX80 1.2.3 1%",
            "IDX80 120,00 1,00 1,00,0%",
            "IDX80 12,5,0",
            "2026",
            "%",
            "***",
            "IDX80 ±1,00%",
            "Harga per 14:35 WIB",
            "IDX80 ~ 1 ~",
            "lihat 10 lainnya");

    /** A layout: what stands before the strip, before and behind each item, and behind the strip. */
    private record Layout(String start, String before, String field, String behind, String end) {}

    private static final String HEADER = "| : WIB | INDIKATOR |";
    private static final List<Layout> LAYOUTS = List.of(
            new Layout(HEADER + "\n", "• ", " ", "\n", "\n\nJudul\n"),
            new Layout(HEADER + "\n", "  • ", "   ", "\n\n", "\nJudul\n"),
            new Layout("<b>" + HEADER + "</b><ul>", "<li>", " ", "</li>", "</ul><h1>Judul 7%</h1>"),
            new Layout(
                    "<b>14:35 WIB INDIKATOR</b><ul>",
                    "<li><span>",
                    "</span> <span>",
                    "</span></li>\n",
                    "</ul><p>Judul</p>"),
            new Layout("<h3>" + HEADER + "</h3><table>", "<tr><td>", "</td><td>", "</td></tr>", "</table><p>Judul</p>"),
            new Layout(HEADER + "<div>", "<div><b>", "</b><i>", "</i></div>", "</div><h1>Judul</h1>"),
            new Layout(HEADER + "<div>", "<a href=/x><span>", "</span><span>", "</span></a> ", "</div><p>Judul</p>"),
            new Layout("<div>" + HEADER + "</div><div>", "<div><p>", "</p><p>", "</p></div>", "</div><p>Judul</p>"));

    @Property(tries = 2000)
    void aBadPieceLosesNoOtherQuote(@ForAll long seed) {
        Random random = new Random(seed);
        Layout layout = LAYOUTS.get(random.nextInt(LAYOUTS.size()));
        List<List<String>> items = new ArrayList<>();
        Set<String> labels = new LinkedHashSet<>();
        for (int i = 3 + random.nextInt(6); i > 0; i--) {
            labels.add(LABELS.get(random.nextInt(LABELS.size())));
        }
        labels.forEach(label -> items.add(quote(label, random)));
        String good = page(layout, items);
        items.add(random.nextInt(items.size() + 1), List.of(ODD.get(random.nextInt(ODD.size()))));
        String bad = page(layout, items);
        Strip expected = Strips.parse(good);
        assertThat(expected.quotes()).as(good).extracting(Quote::code).containsExactlyElementsOf(labels);
        assertThat(expected.unknown()).as(good).isEmpty();
        Strip strip = Strips.parse(bad);
        assertThat(strip.quotes()).as(bad).containsAll(expected.quotes());
        assertThat(strip.quotes().size() - expected.quotes().size()).as(bad).isBetween(0, 1);
        strip.quotes().stream()
                .filter(quote -> !expected.quotes().contains(quote))
                .forEach(quote -> assertThat(quote.quality()).as(bad).isNotEqualTo(Quality.OK));
    }

    private static String page(Layout layout, List<List<String>> items) {
        StringBuilder page = new StringBuilder(layout.start);
        for (List<String> fields : items) {
            page.append(layout.before).append(String.join(layout.field, fields)).append(layout.behind);
        }
        return page.append(layout.end).toString();
    }

    private static List<String> quote(String label, Random random) {
        long previous = 10_000 + random.nextInt(9_000_000);
        long change = random.nextInt((int) previous / 10) - previous / 20;
        BigDecimal percent =
                BigDecimal.valueOf(change * 100).divide(BigDecimal.valueOf(previous), 2, RoundingMode.HALF_UP);
        if (label.startsWith("RD.")) {
            return List.of(label, indonesian(percent) + "%");
        }
        return List.of(
                label,
                indonesian(BigDecimal.valueOf(previous + change, 2)),
                indonesian(BigDecimal.valueOf(change, 2)),
                indonesian(percent) + "%");
    }

    private static String indonesian(BigDecimal number) {
        String plain = number.abs()
                .setScale(2, RoundingMode.UNNECESSARY)
                .toPlainString()
                .replace('.', ',');
        int mark = plain.indexOf(',');
        String whole = mark > 3 ? plain.substring(0, mark - 3) + "." + plain.substring(mark - 3) : plain;
        return (number.signum() < 0 ? "-" : "") + whole;
    }
}

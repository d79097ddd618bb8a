package id.detak.demo;

import id.detak.demo.SimulatedMarket.Line;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;

/** A page in the site's layout: the strip at the top, and text below that mentions indicators without being a quote. */
final class StripPage {

    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    private StripPage() {}

    static String html(List<Line> lines) {
        StringBuilder items = new StringBuilder();
        lines.forEach(line -> items.append("      <li>")
                .append(line.label())
                .append(' ')
                .append(fields(line))
                .append("</li>\n"));
        return String.format(Locale.ROOT, """
                <!DOCTYPE html>
                <html lang="id">
                <head><meta charset="utf-8"><title>Pasar simulasi</title></head>
                <body>
                  <div class="strip">| : WIB | INDIKATOR |
                    <ul>
                %s    </ul>
                  </div>
                  <article>
                    <h1>Halaman simulasi</h1>
                    <p>Senin, 01 Januari 2024 / 19:10 WIB</p>
                    <p>Teks pengisi: LQ45 pernah berada di 1.234,56 dan EMAS di 999.000, tetapi angka di dalam tulisan bukan kutipan.</p>
                  </article>
                </body>
                </html>
                """, items);
    }

    private static String fields(Line line) {
        String value =
                line.value() == null ? "" : number(line.value()) + " &nbsp; " + number(line.change()) + " &nbsp; ";
        return value + number(line.percent()) + "%";
    }

    private static String number(BigDecimal number) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(INDONESIAN);
        format.setMinimumFractionDigits(number.scale());
        format.setMaximumFractionDigits(number.scale());
        return format.format(number);
    }
}

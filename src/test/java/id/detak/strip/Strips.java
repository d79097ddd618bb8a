package id.detak.strip;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of the strip share: the labels on the list, the two strips of the archives, fixtures. */
final class Strips {

    static final List<KnownLabel> KNOWN = Stream.of("LQ45", "EMAS", "RD.SAHAM", "RD.CAMPURAN", "RD.PENDAPATAN TETAP",
                    "IDX", "IHSG", "KOMPAS100", "IDX80", "IDX30", "ISSI", "IDXHIDIV20", "IDXV30", "IDXQ30", "USD/IDR")
            .map(label -> new KnownLabel(label, label.equals("IHSG") ? "IDX" : label))
            .toList();
    static final StripParser PARSER = new StripParser(KNOWN);

    /** The strip of March 2021, as archived. */
    static final String FIRST = """
            | : WIB | INDIKATOR |
              • LQ45898,78   -24,72   -2.68%
              • EMAS1.319.000 0,00%
              • RD.SAHAM 0.05%
              • RD.CAMPURAN 0.03%
              • RD.PENDAPATAN TETAP 0.00%
            """;
    /** The strip over an article of July 2020, fetched years later. */
    static final String SECOND = """
            | : WIB | INDIKATOR |
              • EMAS 1.609.000   -2.000   -0,12%
              • USD/IDR 16.175   0,00   0,00%
              • IDX 7.166   -66,59   -0,92%
              • KOMPAS100 1.055   -9,60   -0,90%
              • LQ45 831   -12,11   -1,44%
              • ISSI 214   0,13   0,06%
              • IDX30 427   -6,80   -1,57%
              • IDXHIDIV20 512   -6,51   -1,26%
            """;

    private Strips() {
    }

    static Strip parse(String page) {
        return PARSER.parse(page).orElseThrow(() -> new AssertionError("no strip in: " + page));
    }

    /** The strip of one bulleted line. */
    static Strip line(String line) {
        return parse("| : WIB | INDIKATOR |\n  • " + line + "\n");
    }

    static Quote only(String line) {
        Strip strip = line(line);
        if (strip.quotes().size() != 1 || !strip.unknown().isEmpty()) {
            throw new AssertionError("not one quote: " + strip);
        }
        return strip.quotes().get(0);
    }

    static Quote quote(String code, String label, String value, String change, String percent, String previous,
            Quality quality) {
        return new Quote(code, label, number(value), number(change), number(percent), number(previous), quality);
    }

    /** "LQ45 898.78 -24.72 -2.68 923.50 OK", with a dash for what is missing. */
    static String told(Quote quote) {
        return String.join(" ", quote.code(), told(quote.value()), told(quote.change()), told(quote.changePercent()),
                told(quote.previousClose()), quote.quality().name());
    }

    static List<String> told(Strip strip) {
        return strip.quotes().stream().map(Strips::told).toList();
    }

    static String resource(String name) {
        try (InputStream in = Strips.class.getResourceAsStream("/strip/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String told(BigDecimal number) {
        return number == null ? "-" : number.toPlainString();
    }

    private static BigDecimal number(String number) {
        return number == null ? null : new BigDecimal(number);
    }
}

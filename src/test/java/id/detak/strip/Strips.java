package id.detak.strip;

import id.detak.testsupport.Pages;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of the strip share: the labels on the list, the two strips of the archives, fixtures. */
final class Strips {

    static final List<KnownLabel> KNOWN = Stream.of(
                    "LQ45",
                    "EMAS",
                    "RD.SAHAM",
                    "RD.CAMPURAN",
                    "RD.PENDAPATAN TETAP",
                    "IDX",
                    "IHSG",
                    "KOMPAS100",
                    "IDX80",
                    "IDX30",
                    "ISSI",
                    "IDXHIDIV20",
                    "IDXV30",
                    "IDXQ30",
                    "USD/IDR")
            .map(label -> new KnownLabel(
                    label,
                    label.equals("IHSG") ? "IDX" : label,
                    label.equals("EMAS") || label.equals("USD/IDR") ? 0 : KnownLabel.ANY_DECIMALS))
            .toList();
    static final StripParser PARSER = new StripParser(KNOWN);

    static final String FIRST = Pages.EARLY_STRIP;
    static final String SECOND = Pages.LATER_STRIP;

    private Strips() {}

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

    static Quote quote(
            String code, String label, String value, String change, String percent, String previous, Quality quality) {
        return new Quote(code, label, number(value), number(change), number(percent), number(previous), quality);
    }

    /** "LQ45 898.78 -24.72 -2.68 923.50 OK", with a dash for what is missing. */
    static String told(Quote quote) {
        return String.join(
                " ",
                quote.code(),
                told(quote.value()),
                told(quote.change()),
                told(quote.changePercent()),
                told(quote.previousClose()),
                quote.quality().name());
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

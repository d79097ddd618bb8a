package id.detak.testsupport;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An indicator in a made-up strip: value, change and percent agree. */
record Instrument(String code, BigDecimal previous) {

    /** A page whose strip has these lines. */
    static String strip(Stream<String> lines) {
        return lines.collect(Collectors.joining("", "| : WIB | INDIKATOR |\n", "\nTeks pengisi.\n"));
    }

    String line(BigDecimal value) {
        BigDecimal change = value.subtract(previous);
        BigDecimal percent = change.multiply(BigDecimal.valueOf(100)).divide(previous, 2, RoundingMode.HALF_UP);
        return "  • " + code + " " + printed(value) + "   " + printed(change) + "   " + printed(percent) + "%\n";
    }

    private static String printed(BigDecimal number) {
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(Locale.forLanguageTag("id"));
        format.setMinimumFractionDigits(number.scale());
        format.setMaximumFractionDigits(number.scale());
        return format.format(number);
    }
}

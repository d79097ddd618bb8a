package id.detak.series.table;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** A number as a table states it, with either decimal mark, thousands, currency and percent sign. */
final class NumberText {

    private static final int MAX_LENGTH = 32;
    private static final Set<String> MISSING =
            Set.of("", "-", "--", "—", "null", "nan", "none", "n/a", "na", "#n/a", "n.a.", "tidak ada");
    private static final Pattern BESIDE = Pattern.compile(
            "(?i)^(?:rp\\.?|idr|usd|us\\$|\\$)[\\s\\u00A0]*|[\\s\\u00A0]*%$|,-$|[\\s\\u00A0\\u2009\\u202F'’](?=\\d{3}(?:\\D|$))");
    private static final Pattern PLAIN = Pattern.compile("-?\\d+(?:[.,]\\d+)?");
    private static final Pattern EXPONENT = Pattern.compile("-?\\d+(?:\\.\\d+)?[eE][+-]?\\d{1,2}");
    private static final Pattern THOUSANDS = Pattern.compile("-?[1-9]\\d{0,2}(?:([.,])\\d{3})+(?:([.,])\\d+)?");

    private NumberText() {}

    /** What the form of a number says about the decimal mark. */
    enum Evidence {
        DOT,
        COMMA,
        /** One mark before three digits: either. */
        OPEN,
        /** No mark. */
        NONE
    }

    /** Without currency, percent sign and blanks; empty if the number is missing. */
    private static String cleaned(String text) {
        String plain = text.strip();
        if (MISSING.contains(plain.toLowerCase(Locale.ROOT))) {
            return "";
        }
        plain = BESIDE.matcher(BESIDE.matcher(plain).replaceAll("")).replaceAll("");
        plain = plain.replace('−', '-');
        if (plain.startsWith("(") && plain.endsWith(")")) {
            plain = "-" + plain.substring(1, plain.length() - 1);
        }
        return plain.startsWith("+") ? plain.substring(1) : plain;
    }

    static boolean isMissing(String text) {
        return cleaned(text).isEmpty();
    }

    static Evidence evidence(String text) {
        if (isExact(text) || text.length() > MAX_LENGTH) {
            return Evidence.NONE;
        }
        String number = cleaned(text);
        int dot = number.lastIndexOf('.');
        int comma = number.lastIndexOf(',');
        if (dot < 0 && comma < 0) {
            return Evidence.NONE;
        }
        if (dot >= 0 && comma >= 0) {
            return dot > comma ? Evidence.DOT : Evidence.COMMA;
        }
        char mark = dot >= 0 ? '.' : ',';
        Evidence decimal = dot >= 0 ? Evidence.DOT : Evidence.COMMA;
        Evidence thousands = dot >= 0 ? Evidence.COMMA : Evidence.DOT;
        if (number.indexOf(mark) != number.lastIndexOf(mark)) {
            return THOUSANDS.matcher(number).matches() ? thousands : Evidence.NONE;
        }
        String whole = number.substring(0, number.indexOf(mark)).replace("-", "");
        boolean mayBeThousands = number.length() - number.indexOf(mark) == 4
                && !whole.isEmpty()
                && whole.length() <= 3
                && !whole.startsWith("0");
        return mayBeThousands ? Evidence.OPEN : decimal;
    }

    /**
     * @param decimal the decimal mark, a dot or a comma
     * @return null if the number is missing
     * @throws BadRowException if it is no number
     */
    static BigDecimal read(String name, String text, char decimal) {
        if (isExact(text)) {
            return new BigDecimal(text.substring(1));
        }
        String number = text.length() > MAX_LENGTH ? text : cleaned(text);
        if (number.isEmpty()) {
            return null;
        }
        String plain = number.length() > MAX_LENGTH ? null : plain(number, decimal);
        if (plain == null) {
            throw new BadRowException(
                    name + " '" + DateText.shortened(text) + "' is no number with '" + decimal + "' as decimal mark");
        }
        return new BigDecimal(plain);
    }

    /** With a dot, without thousands; null if it is no number. */
    private static String plain(String number, char decimal) {
        if (decimal == '.' && EXPONENT.matcher(number).matches()) {
            return new BigDecimal(number).toPlainString();
        }
        char thousands = decimal == '.' ? ',' : '.';
        if (PLAIN.matcher(number).matches() && number.indexOf(thousands) < 0) {
            return number.replace(decimal, '.');
        }
        var grouped = THOUSANDS.matcher(number);
        boolean isGrouped = grouped.matches()
                && number.indexOf(thousands) >= 0
                && number.lastIndexOf(thousands)
                        < (number.indexOf(decimal) < 0 ? number.length() : number.indexOf(decimal))
                && number.indexOf(decimal) == number.lastIndexOf(decimal);
        return isGrouped ? number.replace(String.valueOf(thousands), "").replace(decimal, '.') : null;
    }

    private static boolean isExact(String text) {
        return !text.isEmpty() && text.charAt(0) == TableRow.EXACT;
    }
}

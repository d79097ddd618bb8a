package id.detak.strip;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Reads unsigned numbers as printed. The strip prints value and change in Indonesian format ({@code 1.319.000},
 * {@code 898,78}) and the percent with either decimal mark ({@code -2.68%}, {@code 0,00%}).
 */
final class NumberReader {

    /** No price, index or rate needs more. The limit keeps a page full of digits from becoming one huge number. */
    private static final int MAX_DIGITS = 18;

    private NumberReader() {}

    /**
     * Returns the possible readings of a value or change, the most likely first; none if it is not a complete number.
     * Only a single comma with three digits after it has two readings: 1,055 is 1.055 in Indonesian and 1055 in
     * English. A dot always groups thousands, even a single one.
     */
    static List<BigDecimal> values(String printed) {
        if (!wellFormed(printed)) {
            return List.of();
        }
        int dots = count(printed, '.');
        int commas = count(printed, ',');
        if (dots > 0 && commas > 0) {
            return bothMarks(printed).map(List::of).orElse(List.of());
        }
        if (dots + commas == 0) {
            return List.of(new BigDecimal(printed));
        }
        char mark = dots > 0 ? '.' : ',';
        boolean groups = groupsByThree(printed, mark);
        if (dots + commas > 1) {
            return groups ? List.of(without(printed, mark)) : List.of();
        }
        if (!groups) {
            return List.of(decimal(printed, mark));
        }
        return mark == '.' ? List.of(without(printed, mark)) : List.of(decimal(printed, mark), without(printed, mark));
    }

    /** Reads a percent, in which a single mark is always the decimal mark; empty if it is not a complete number. */
    static Optional<BigDecimal> percent(String printed) {
        if (!wellFormed(printed)) {
            return Optional.empty();
        }
        int dots = count(printed, '.');
        int commas = count(printed, ',');
        if (dots > 0 && commas > 0) {
            return bothMarks(printed);
        }
        if (dots + commas > 1) {
            return Optional.empty();
        }
        return Optional.of(decimal(printed, dots > 0 ? '.' : ','));
    }

    /**
     * Reads a number before "ribu" or "juta"; empty if it is not certain: 1.609 juta is 1,6 million in English and 1,6
     * milliard in Indonesian.
     */
    static Optional<BigDecimal> multiple(String printed, int power) {
        List<BigDecimal> readings = values(printed);
        if (readings.isEmpty() || printed.indexOf('.') >= 0 && readings.get(0).scale() == 0) {
            return Optional.empty();
        }
        BigDecimal number = readings.get(0).scaleByPowerOfTen(power);
        return Optional.of(number.scale() < 0 ? number.setScale(0) : number);
    }

    /** The last mark is the decimal mark; the others group by three. */
    private static Optional<BigDecimal> bothMarks(String printed) {
        char last = printed.lastIndexOf('.') > printed.lastIndexOf(',') ? '.' : ',';
        char grouping = last == '.' ? ',' : '.';
        int decimalMark = printed.indexOf(last);
        if (decimalMark != printed.lastIndexOf(last) || !groupsByThree(printed.substring(0, decimalMark), grouping)) {
            return Optional.empty();
        }
        String digits = printed.replace(String.valueOf(grouping), "");
        return Optional.of(decimal(digits, last));
    }

    private static boolean wellFormed(String printed) {
        int length = printed.length();
        if (length == 0
                || !StripCharacters.digit(printed.charAt(0))
                || !StripCharacters.digit(printed.charAt(length - 1))) {
            return false;
        }
        if (length > 1 && printed.charAt(0) == '0' && StripCharacters.digit(printed.charAt(1))) {
            return false;
        }
        int digits = 0;
        for (int i = 0; i < length; i++) {
            if (StripCharacters.digit(printed.charAt(i))) {
                digits++;
            } else if (!StripCharacters.digit(printed.charAt(i - 1))) {
                return false;
            }
        }
        return digits <= MAX_DIGITS;
    }

    /** Whether the text is one to three digits, not beginning with a zero, followed by groups of three only. */
    private static boolean groupsByThree(String printed, char mark) {
        int first = printed.indexOf(mark);
        if (first < 1 || first > 3 || printed.charAt(0) == '0') {
            return false;
        }
        for (int i = first; i < printed.length(); i += 4) {
            if (printed.charAt(i) != mark
                    || i + 4 > printed.length()
                    || !StripCharacters.digit(printed.charAt(i + 1))
                    || !StripCharacters.digit(printed.charAt(i + 2))
                    || !StripCharacters.digit(printed.charAt(i + 3))) {
                return false;
            }
        }
        return true;
    }

    private static BigDecimal without(String printed, char mark) {
        return new BigDecimal(printed.replace(String.valueOf(mark), ""));
    }

    private static BigDecimal decimal(String printed, char mark) {
        return new BigDecimal(printed.replace(mark, '.'));
    }

    private static int count(String printed, char mark) {
        int count = 0;
        for (int i = 0; i < printed.length(); i++) {
            if (printed.charAt(i) == mark) {
                count++;
            }
        }
        return count;
    }
}

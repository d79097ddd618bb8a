package id.detak.strip;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The numbers of one indicator in a strip. A field that is not printed is null, never zero; numbers keep their printed
 * digits.
 *
 * @param label as printed, with single blanks
 * @param previousClose the previous day's value with the printed digits; null if it is unknown
 */
public record Quote(
        String code,
        String label,
        BigDecimal value,
        BigDecimal change,
        BigDecimal changePercent,
        BigDecimal previousClose,
        Quality quality) {

    private static final int PAIR_LENGTH = 7;
    private static final Pattern CURRENCY_PAIR = Pattern.compile("\\p{L}{3}/\\p{L}{3}");

    public Quote {
        Objects.requireNonNull(quality, "quality");
        require(code != null && !code.isBlank(), "a quote needs a code");
        require(label != null && !label.isBlank(), "a quote needs a label");
        require(value != null || changePercent != null, "a quote needs a value or a percent");
        require(value == null || value.signum() > 0, "a value must be above zero");
        require(change == null || value != null, "a change needs its value");
        require(
                previousClose == null || change != null && previousClose.signum() > 0,
                "a previous close needs value and change, and must be above zero");
        require(
                quality != Quality.OK || value != null && change != null && changePercent != null,
                "a quote passes the check only with value, change and percent");
    }

    /** Checks three numbers that do not come from a strip, for example from a row of a file. */
    public static Quote judged(String code, BigDecimal value, BigDecimal change, BigDecimal changePercent) {
        return QuoteCheck.judge(code, code, value, change, changePercent);
    }

    /**
     * Whether a code is a currency pair such as USD/IDR. A pair may print the gain of the rupiah as the change of the
     * rate: USD/IDR 16.146 with 54,00 and 0,33% stood on a page when the rate had fallen from 16.200 (54 / 16.200 =
     * 0,33 %, 54 / 16.092 = 0,34 %).
     */
    public static boolean isCurrencyPair(String code) {
        return code.length() == PAIR_LENGTH && CURRENCY_PAIR.matcher(code).matches();
    }

    /** Whether its numbers agree, and would not with the opposite sign. A currency pair prints either sign. */
    boolean isSure() {
        return quality == Quality.OK && !isCurrencyPair(code) && change.signum() != 0 && turned().quality != Quality.OK;
    }

    /** Whether its numbers agree only with the opposite sign. */
    boolean isSurelyTurned() {
        return quality == Quality.SUSPECT && change != null && changePercent != null && turned().isSure();
    }

    private Quote turned() {
        return QuoteCheck.judge(code, label, value, change.negate(), changePercent.negate());
    }

    /** The value alone; null if there is none. */
    Quote withoutChange() {
        return value == null ? null : new Quote(code, label, value, null, null, null, Quality.UNCHECKED);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}

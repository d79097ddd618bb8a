package id.detak.page.shared;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/** The latest quote of an indicator, formatted in the reader's language. */
public record QuoteCard(
        IndicatorLabel indicator,
        Numbers numbers,
        Sparkline sparkline,
        Observed observed,
        Quality quality,
        Hours hours) {

    /**
     * @param direction of the values; a currency pair's printed sign can be the opposite
     * @param decimals of the indicator's values, or of the value as printed
     * @param move the percentage as a number, or null
     * @param low the lowest value of the sparkline, or null, like {@code high}
     */
    public record Numbers(
            String value,
            String change,
            String percent,
            Direction direction,
            int decimals,
            BigDecimal move,
            String low,
            String high) {

        public String arrow() {
            return direction.arrow();
        }
    }

    /**
     * @param time {@code at} as text
     * @param otherDay the trading day if it is not the day of the observation, else null
     * @param captureId null for values imported from a file
     */
    public record Observed(
            Instant at,
            LocalDate tradingDay,
            String time,
            String age,
            String otherDay,
            UUID captureId,
            Origin origin) {}

    /**
     * @param source null for values imported from a file
     * @param state the result of the last poll, {@code good} or {@code bad}; {@code none} for a source that is not
     *     polled
     */
    public record Origin(String source, String state) {

        public static final Origin FILE = new Origin(null, "none");
    }

    /**
     * @param reason why the value is suspect, or null
     * @param levelChanged whether the level changed within the last few days
     */
    public record Quality(boolean suspect, String reason, boolean stale, boolean levelChanged) {}

    /**
     * Market hours of the indicator's kind.
     *
     * @param changesAt when the market opens or closes next; null if it is always open
     */
    public record Hours(boolean open, String changesAt) {}
}

package id.detak.series.history;

import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.stream.Collectors;

/**
 * The transformations of FRED, the data service of the Federal Reserve Bank of St. Louis. Its short unit names are
 * accepted, too.
 */
enum Transform {
    /** The difference from the previous point. */
    CHANGE("change", "chg"),
    PERCENT_CHANGE("percentChange", "pch"),
    /** The change from the last point at or before the same instant a year ago, if that is at most a month older. */
    PERCENT_CHANGE_FROM_YEAR_AGO("percentChangeFromYearAgo", "pc1"),
    /** Natural logarithm, to ten decimals. */
    LOG("log", "log");

    static final Duration YEAR_AGO_TOLERANCE = Duration.ofDays(31);
    private static final int PERCENT_DECIMALS = 4;
    private static final int LOG_DECIMALS = 10;

    private final String word;
    private final String fredWord;

    Transform(String word, String fredWord) {
        this.word = word;
        this.fredWord = fredWord;
    }

    String word() {
        return word;
    }

    boolean isPercent() {
        return this == PERCENT_CHANGE || this == PERCENT_CHANGE_FROM_YEAR_AGO;
    }

    /** @return null if the parameter is missing or FRED's {@code lin} */
    static Transform parse(String text) {
        if (text == null || text.isBlank() || text.equals("lin")) {
            return null;
        }
        return Arrays.stream(values())
                .filter(transform -> transform.word.equals(text) || transform.fredWord.equals(text))
                .findFirst()
                .orElseThrow(() -> RejectedException.invalid("transform must be one of "
                        + Arrays.stream(values()).map(Transform::word).collect(Collectors.joining(", ")) + "."));
    }

    /** The instant back to which earlier points are needed; the same instant if only the previous point is needed. */
    Instant reach(Instant from) {
        return this != PERCENT_CHANGE_FROM_YEAR_AGO ? from : yearBefore(from).minus(YEAR_AGO_TOLERANCE);
    }

    /**
     * @param series the numbers by time, including earlier ones; without gaps
     * @return null if there is no earlier point to compare with
     */
    BigDecimal of(NavigableMap<Long, BigDecimal> series, long t, BigDecimal number) {
        return switch (this) {
            case CHANGE -> difference(before(series, t), number);
            case PERCENT_CHANGE -> percent(before(series, t), number);
            case PERCENT_CHANGE_FROM_YEAR_AGO -> percent(yearAgo(series, t), number);
            case LOG ->
                number.signum() <= 0
                        ? null
                        : BigDecimal.valueOf(Math.log(number.doubleValue()))
                                .setScale(LOG_DECIMALS, RoundingMode.HALF_EVEN);
        };
    }

    private static BigDecimal before(NavigableMap<Long, BigDecimal> series, long t) {
        Map.Entry<Long, BigDecimal> entry = series.lowerEntry(t);
        return entry == null ? null : entry.getValue();
    }

    private static BigDecimal yearAgo(NavigableMap<Long, BigDecimal> series, long t) {
        Instant then = yearBefore(Instant.ofEpochMilli(t));
        Map.Entry<Long, BigDecimal> entry = series.floorEntry(then.toEpochMilli());
        return entry == null || entry.getKey() < then.minus(YEAR_AGO_TOLERANCE).toEpochMilli()
                ? null
                : entry.getValue();
    }

    /** The same local time a year ago, in epoch milliseconds. */
    static long yearBefore(long t) {
        return yearBefore(Instant.ofEpochMilli(t)).toEpochMilli();
    }

    private static Instant yearBefore(Instant instant) {
        ZonedDateTime local = instant.atZone(Wib.ZONE);
        return local.minusYears(1).toInstant();
    }

    private static BigDecimal difference(BigDecimal before, BigDecimal now) {
        return before == null ? null : now.subtract(before);
    }

    static BigDecimal percent(BigDecimal before, BigDecimal now) {
        return PercentChange.of(before, now, PERCENT_DECIMALS, RoundingMode.HALF_EVEN);
    }
}

package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A length of time by the clock ({@code PT30M}, {@code P30D}, {@code P1Y}; also {@code 30m}, {@code 12h}, {@code 30d},
 * {@code 1w}) or by trading days ({@code 5td}).
 *
 * @param text the original text
 * @param period days and longer
 * @param duration hours and shorter
 * @param tradingDays 0 for a length by the clock
 */
public record TimeSpan(@JsonValue String text, Period period, Duration duration, int tradingDays) {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,5})(m|h|d|w|td)");
    private static final Pattern ISO = Pattern.compile(
            "(P(?:\\d{1,4}Y)?(?:\\d{1,4}M)?(?:\\d{1,4}W)?(?:\\d{1,5}D)?)(T(?:\\d{1,6}H)?(?:\\d{1,6}M)?(?:\\d{1,7}S)?)?");
    private static final int MAX_DAYS = 3720;

    /** @throws IllegalArgumentException if it cannot be parsed, is zero or is longer than ten years */
    @JsonCreator
    public static TimeSpan of(String text) {
        try {
            TimeSpan span = read(text);
            if (span.days() > MAX_DAYS || span.tradingDays == 0 && span.period.isZero() && span.duration.isZero()) {
                throw unreadable(text);
            }
            return span;
        } catch (DateTimeException | ArithmeticException e) {
            throw unreadable(text);
        }
    }

    private static TimeSpan read(String text) {
        Matcher shorthand = SHORT.matcher(text);
        if (shorthand.matches()) {
            int count = Integer.parseInt(shorthand.group(1));
            return switch (shorthand.group(2)) {
                case "m" -> new TimeSpan(text, Period.ZERO, Duration.ofMinutes(count), 0);
                case "h" -> new TimeSpan(text, Period.ZERO, Duration.ofHours(count), 0);
                case "d" -> new TimeSpan(text, Period.ofDays(count), Duration.ZERO, 0);
                case "w" -> new TimeSpan(text, Period.ofWeeks(count), Duration.ZERO, 0);
                default -> new TimeSpan(text, Period.ZERO, Duration.ZERO, count);
            };
        }
        Matcher iso = ISO.matcher(text);
        if (!iso.matches()) {
            throw unreadable(text);
        }
        Period period = iso.group(1).equals("P") ? Period.ZERO : Period.parse(iso.group(1));
        return new TimeSpan(text, period, iso.group(2) == null ? Duration.ZERO : Duration.parse("P" + iso.group(2)), 0);
    }

    private static IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException(
                "'" + (text.length() > 20 ? text.substring(0, 20) + "…" : text)
                        + "' is no length of time: write PT30M (or 30m), PT12H (12h), P30D (30d), P1W (1w), P1Y, or 5td for trading days; at most ten years.");
    }

    /** The largest possible number of days. */
    long days() {
        return tradingDays + period.toTotalMonths() * 31 + period.getDays() + duration.toDays();
    }

    boolean byTradingDays() {
        return tradingDays > 0;
    }

    /**
     * The start of a window of this length that ends at the instant. A window of trading days begins right before the
     * turn of its first day. So 1td means since the previous close, even if an observation is exactly at the turn.
     */
    Instant startOf(Instant end, TradingCalendar calendar) {
        if (!byTradingDays()) {
            return monthsBefore(end.atZone(Wib.ZONE))
                    .minusDays(period.getDays())
                    .minus(duration)
                    .toInstant();
        }
        LocalDate first = calendar.tradingDayAt(end);
        for (int i = 1; i < tradingDays; i++) {
            first = calendar.previousTradingDay(first);
        }
        return calendar.turnOf(first).minus(1, ChronoUnit.MICROS);
    }

    /**
     * For a day that the earlier month does not have, the end of that month: otherwise the start would move back from
     * the 29th to the 31st.
     */
    private ZonedDateTime monthsBefore(ZonedDateTime end) {
        ZonedDateTime before = end.minusMonths(period.toTotalMonths());
        return before.getDayOfMonth() == end.getDayOfMonth()
                ? before
                : before.toLocalDate().plusDays(1).atStartOfDay(Wib.ZONE);
    }

    /** The end of a span that starts at an instant; only for a length by the clock. */
    public Instant after(Instant start) {
        ZonedDateTime local = start.atZone(Wib.ZONE);
        return local.plus(period).plus(duration).toInstant();
    }

    /** The length; only for a length by the clock, in which a day has 24 hours. */
    Duration length() {
        return duration.plusDays(period.getDays() + 30L * period.toTotalMonths());
    }

    /** {@code 30 days}, {@code 5 trading days}; in Indonesian {@code 30 hari}, {@code 5 hari bursa}. */
    public String words(Language language) {
        if (byTradingDays()) {
            return counted(language, tradingDays, "trading day", "hari bursa");
        }
        return Stream.of(
                        counted(language, (int) period.toTotalMonths(), "month", "bulan"),
                        counted(language, period.getDays(), "day", "hari"),
                        counted(language, (int) duration.toHours(), "hour", "jam"),
                        counted(language, duration.toMinutesPart(), "minute", "menit"),
                        counted(language, duration.toSecondsPart(), "second", "detik"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private static String counted(Language language, int count, String english, String indonesian) {
        if (count == 0) {
            return "";
        }
        return switch (language) {
            case ENGLISH -> count + " " + english + (count == 1 ? "" : "s");
            case INDONESIAN -> count + " " + indonesian;
        };
    }
}

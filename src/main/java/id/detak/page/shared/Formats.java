package id.detak.page.shared;

import id.detak.alert.rule.TimeSpan;
import id.detak.indicator.Indicator;
import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import id.detak.platform.language.Sentences;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats numbers and times in the reader's language; times are in Jakarta time (WIB). */
public record Formats(Locale locale) {

    static final String MISSING = "–";
    private static final String MINUS = "−";
    private static final int PERCENT_DECIMALS = 2;
    private static final Duration SIX_DAYS = Duration.ofDays(6);

    /** @param decimals the minimum number of decimals; a number with more keeps them */
    public String number(BigDecimal number, Integer decimals) {
        if (number == null) {
            return MISSING;
        }
        DecimalFormat format = (DecimalFormat) NumberFormat.getNumberInstance(locale);
        format.setMinimumFractionDigits(Math.max(0, number.scale()));
        format.setMaximumFractionDigits(Math.max(0, Math.max(number.scale(), decimals == null ? 0 : decimals)));
        return format.format(number).replace("-", MINUS);
    }

    /** A number with its sign, + or −. */
    public String signed(BigDecimal number) {
        return number == null ? MISSING : (number.signum() > 0 ? "+" : "") + number(number, null);
    }

    public String percent(BigDecimal percent) {
        return percent == null ? MISSING : signed(percent) + "%";
    }

    /**
     * A value of an indicator with all its digits. A return index is computed, so it has a readable number of digits.
     */
    public String value(BigDecimal value, Indicator indicator) {
        return number(
                indicator.hasLevel() ? value : limited(value, PercentChange.SHOWN_INDEX_DECIMALS),
                indicator.decimals());
    }

    /** A percentage with its sign, rounded to the digits that a source prints. */
    public String roundedPercent(BigDecimal percent) {
        return percent(limited(percent, PERCENT_DECIMALS));
    }

    /** A value with its change in parentheses. Either can be null. */
    public String measured(BigDecimal value, BigDecimal percent, Indicator indicator) {
        String moved = roundedPercent(percent);
        return value == null ? moved : value(value, indicator) + (percent == null ? "" : " (" + moved + ")");
    }

    private static BigDecimal limited(BigDecimal number, int decimals) {
        return number == null || number.scale() <= decimals
                ? number
                : number.setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** A number without trailing zeros. */
    public String plain(BigDecimal number) {
        return number == null ? MISSING : number(number.stripTrailingZeros(), null);
    }

    public String time(Instant instant) {
        return DateTimeFormatter.ofPattern(isIndonesian() ? "d MMM yyyy HH.mm.ss" : "d MMM yyyy HH:mm:ss", locale)
                        .format(local(instant))
                + " WIB";
    }

    /** The time alone if it is today; else the day and the time. */
    public String shortTime(Instant instant, Instant now) {
        String time = isIndonesian() ? "HH.mm.ss" : "HH:mm:ss";
        boolean today = local(instant).toLocalDate().equals(local(now).toLocalDate());
        return DateTimeFormatter.ofPattern(today ? time : "d MMM " + time.substring(0, 5), locale)
                .format(local(instant));
    }

    public String day(LocalDate day) {
        return DateTimeFormatter.ofPattern("d MMM yyyy", locale).format(day);
    }

    /** The time, with the weekday and the date only if they are needed. */
    public String soon(Instant instant, Instant now) {
        return local(instant).toLocalDate().equals(local(now).toLocalDate())
                ? DateTimeFormatter.ofPattern(isIndonesian() ? "HH.mm" : "HH:mm", locale)
                        .format(local(instant))
                : upcoming(instant, now);
    }

    /** The weekday and time, and the date if the weekday alone is ambiguous. */
    public String upcoming(Instant instant, Instant now) {
        String day = Duration.between(now, instant).compareTo(SIX_DAYS) < 0 ? "EEE" : "EEE d MMM";
        return DateTimeFormatter.ofPattern(day + (isIndonesian() ? " HH.mm" : " HH:mm"), locale)
                .format(local(instant));
    }

    /** The two largest units of a duration, such as {@code 3 h 12 min}. */
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        boolean id = isIndonesian();
        if (seconds < 60) {
            return seconds + (id ? " dtk" : " s");
        }
        if (seconds < 3600) {
            return seconds / 60 + (id ? " mnt" : " min");
        }
        if (seconds < 86_400) {
            return seconds / 3600 + (id ? " jam " : " h ") + seconds % 3600 / 60 + (id ? " mnt" : " min");
        }
        return seconds / 86_400 + (id ? " hari " : " d ") + seconds % 86_400 / 3600 + (id ? " jam" : " h");
    }

    /** A time span of a rule, such as {@code 30 days} or {@code 5 trading days}. */
    public String span(TimeSpan span) {
        return span.words(language());
    }

    /** Translates a sentence that is stored in English, such as the reason of a failed fetch. Null stays null. */
    public String sentence(String english) {
        return Sentences.in(language(), english);
    }

    public Language language() {
        return isIndonesian() ? Language.INDONESIAN : Language.ENGLISH;
    }

    private boolean isIndonesian() {
        return locale.getLanguage().equals("id");
    }

    private static ZonedDateTime local(Instant instant) {
        return instant.atZone(Wib.ZONE);
    }
}

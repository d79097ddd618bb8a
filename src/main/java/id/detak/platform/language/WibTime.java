package id.detak.platform.language;

import id.detak.platform.Wib;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/** Times in messages, in Jakarta time (WIB): {@code 10:05}, in Indonesian {@code 10.05}. */
public enum WibTime {
    /** {@code 24 Nov 2026 10:05 WIB} */
    DATE_AND_TIME("d MMM yyyy HH:mm 'WIB'"),
    /** {@code 24 Nov 10:05 WIB} */
    DAY_AND_TIME("d MMM HH:mm 'WIB'"),
    /** {@code 10:05 WIB} */
    CLOCK("HH:mm 'WIB'");

    private final String pattern;

    WibTime(String pattern) {
        this.pattern = pattern;
    }

    public String of(TemporalAccessor time, Language language) {
        return DateTimeFormatter.ofPattern(
                        language == Language.INDONESIAN ? pattern.replace("HH:mm", "HH.mm") : pattern,
                        language.locale())
                .withZone(Wib.ZONE)
                .format(time);
    }
}

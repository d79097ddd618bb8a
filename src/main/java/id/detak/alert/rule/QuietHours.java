package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonFormat;
import id.detak.platform.Wib;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** Hours in Asia/Jakarta in which nothing is sent; messages wait until they end. {@code to} may lie on the next day. */
public record QuietHours(
        @JsonFormat(pattern = "HH:mm") LocalTime from,
        @JsonFormat(pattern = "HH:mm") LocalTime to) {

    public QuietHours {
        if (from == null || to == null || from.equals(to)) {
            throw new IllegalArgumentException(
                    "quietHours has two different times, of Asia/Jakarta: {\"from\":\"22:00\",\"to\":\"07:00\"}.");
        }
    }

    /** The end of the quiet hours, or the instant itself if it is outside them. */
    public Instant next(Instant instant) {
        LocalTime time = LocalTime.ofInstant(instant, Wib.ZONE);
        boolean overNight = from.isAfter(to);
        boolean quiet =
                overNight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return instant;
        }
        LocalDate day = Wib.date(instant);
        return (overNight && !time.isBefore(from) ? day.plusDays(1) : day)
                .atTime(to)
                .atZone(Wib.ZONE)
                .toInstant();
    }
}

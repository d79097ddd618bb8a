package id.detak.alert.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;

/**
 * How long the condition must hold before a rule fires: for a number of observations in a row ({@code 2}) or for a time
 * ({@code "PT10M"}).
 *
 * @param observations at least 1
 * @param time null if the number of observations decides
 */
public record Confirmation(int observations, TimeSpan time) {

    static final Confirmation IMMEDIATE = new Confirmation(1, null);
    private static final int MOST = 10_000;

    @JsonCreator
    public static Confirmation of(Object json) {
        if (json instanceof Integer number && number >= 1 && number <= MOST) {
            return new Confirmation(number, null);
        }
        if (json instanceof String text) {
            TimeSpan span = TimeSpan.of(text);
            if (!span.byTradingDays()) {
                return new Confirmation(1, span);
            }
        }
        throw new IllegalArgumentException("confirm must be a number of observations from 1 to " + MOST
                + " (2), or a length of time (\"PT10M\").");
    }

    @JsonValue
    Object json() {
        return time == null ? observations : time.text();
    }

    boolean isEnough(int seen, Instant since, Instant now) {
        return time == null ? seen >= observations : !time.after(since).isAfter(now);
    }
}

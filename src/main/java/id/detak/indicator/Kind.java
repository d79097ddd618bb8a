package id.detak.indicator;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.math.BigDecimal;
import java.util.Locale;

/**
 * The kind of an indicator. It decides which trading calendar applies, and which moves are plausible.
 *
 * <p>The bounds are wide on purpose: a move beyond them is a fault of the page or a new scale, never a market.
 */
public enum Kind {
    /**
     * An exchange's index cannot move further than the shares in it. The widest price limit of a share at the IDX is 35
     * % a day (auto rejection, for prices up to 200 rupiah). The index itself fell 10.4 % on 8 October 2008 and rose
     * 10.2 % on 26 March 2020.
     */
    INDEX("35"),
    /** The largest fall of the world price in decades was about 9 % (15 April 2013); the bound is twice that. */
    GOLD("20"),
    /** A fund holds shares of the exchange, so it has the bound of an index. */
    FUND("35"),
    /** The rupiah has not moved 10 % in a day since 1998; the bound is twice that. */
    CURRENCY("20"),
    /** Nothing is known about it. */
    OTHER("50");

    private final BigDecimal dayBoundPercent;

    Kind(String dayBoundPercent) {
        this.dayBoundPercent = new BigDecimal(dayBoundPercent);
    }

    /** The word in the database and in JSON. */
    @EnumeratedValue
    private final String word = name().toLowerCase(Locale.ROOT);

    @JsonValue
    public String word() {
        return word;
    }

    /** The largest plausible move of a trading day, in percent, up and down. */
    public BigDecimal dayBoundPercent() {
        return dayBoundPercent;
    }

    public static Kind of(String word) {
        return valueOf(word.strip().toUpperCase(Locale.ROOT));
    }
}

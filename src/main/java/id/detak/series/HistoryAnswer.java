package id.detak.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A history as columns of equal length.
 *
 * @param unit of open, high, low and close: {@code points}, {@code IDR}, {@code percent}, {@code index}, or empty where unknown
 * @param timezone of the days that bars go by
 * @param suspect the points among the raw ones that are not trusted
 */
@Schema(name = "History")
public record HistoryAnswer(String code, String measure, String interval, String unit, String timezone, Points points,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Suspect> suspect) {

    static HistoryAnswer of(Indicator indicator, Measure measure, Interval interval, Points points, List<Suspect> suspect) {
        return new HistoryAnswer(indicator.code(), measure.word(), interval.word(), measure.unit(indicator), TradingCalendar.ZONE.getId(), points, suspect);
    }

    /** A point that is kept and shown, but not trusted. {@code reason}: {@code check-failed} or {@code market-closed}. */
    public record Suspect(long t, String reason, UUID captureId) {
    }

    /**
     * {@code t}: epoch milliseconds; of a bar its start (00:00 WIB of its first day, or the hour's). {@code count}: how many
     * observations. A null close among the days of a return index is a trading day that nobody observed.
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Points(List<Long> t, List<BigDecimal> open, List<BigDecimal> high, List<BigDecimal> low, List<BigDecimal> close, List<Integer> count) {

        static Points raw() {
            return new Points(new ArrayList<>(), null, null, null, new ArrayList<>(), new ArrayList<>());
        }

        static Points bars() {
            return new Points(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        void add(long at, BigDecimal value, int observations) {
            t.add(at);
            close.add(value);
            count.add(observations);
        }

        void add(long at, BigDecimal first, BigDecimal highest, BigDecimal lowest, BigDecimal last, int observations) {
            add(at, last, observations);
            open.add(first);
            high.add(highest);
            low.add(lowest);
        }

        int size() {
            return t.size();
        }
    }
}

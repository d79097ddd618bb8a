package id.detak.alert.rule;

import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.PercentChange;
import id.detak.series.QualityReason;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Turns the trusted observations of an indicator, in order of time, into samples.
 *
 * <p>The day's change is the published percent or else the value against the previous close. For a currency pair, whose
 * printed sign is mostly inverted, it is always the latter. A fund has no level, so its level is the return index: it
 * starts at 100 and chains the last percent of each trading day.
 *
 * <p>Where the level changed, closes before it do not count.
 *
 * <p>After the turn of a trading day the strip still shows the numbers of the previous day for a while, of funds for
 * hours. While the numbers are equal and the change is not 0, they count as the previous day's. Otherwise a fall would
 * be reported twice and a fund's fall counted twice.
 */
public final class Samples {

    private final Kind kind;
    private final TradingCalendar calendar;
    private LocalDate day;
    private BigDecimal lastLevel;
    private LocalDate dayBefore;
    private BigDecimal levelBefore;
    private Observation last;
    private Sample lastSample;
    /** The current trading day while it still shows the numbers of the previous one; else null. */
    private LocalDate lagging;

    public Samples(Kind kind, TradingCalendar calendar) {
        this.kind = kind;
        this.calendar = calendar;
        this.lastLevel = isFund() ? PercentChange.INDEX_START : null;
    }

    /** Continues from a close, which for a fund is its return index on that day. */
    public void startAfter(LocalDate closedDay, BigDecimal close) {
        day = closedDay;
        lastLevel = close;
    }

    public Sample next(Observation o) {
        if (lagging != null && o.tradingDay().isAfter(lagging)) {
            // the numbers were repeated for a whole day, so they were its own
            lastSample = sample(last);
        }
        boolean lags = last != null
                && o.tradingDay().isAfter(day)
                && o.changePercent() != null
                && o.changePercent().signum() != 0
                && last.hasNumbersOf(o);
        lagging = lags ? o.tradingDay() : null;
        last = o;
        lastSample = lags
                ? new Sample(
                        o.observedAt(),
                        lastSample.tradingDay(),
                        lastSample.level(),
                        lastSample.dayPercent(),
                        lastSample.previousClose(),
                        o.captureId())
                : sample(o);
        return lastSample;
    }

    private Sample sample(Observation o) {
        boolean levelChanged = o.reason() == QualityReason.LEVEL_CHANGED;
        if (levelChanged) {
            day = null;
            lastLevel = null;
        }
        if (day == null || o.tradingDay().isAfter(day)) {
            startDay(o.tradingDay());
        }
        BigDecimal previousClose = isFund() ? levelBefore : previousClose(o);
        BigDecimal level = !isFund()
                ? o.value()
                : o.changePercent() == null ? null : PercentChange.chained(levelBefore, o.changePercent());
        if (level != null && o.tradingDay().equals(day)) {
            lastLevel = level;
        }
        BigDecimal percent = kind == Kind.CURRENCY || o.changePercent() == null
                ? PercentChange.of(previousClose, level)
                : o.changePercent();
        return new Sample(o.observedAt(), o.tradingDay(), level, percent, previousClose, o.captureId(), levelChanged);
    }

    private void startDay(LocalDate next) {
        dayBefore = day;
        levelBefore = lastLevel;
        day = next;
    }

    private BigDecimal previousClose(Observation o) {
        if (o.previousClose() != null) {
            return o.previousClose();
        }
        boolean known =
                dayBefore != null && o.tradingDay().equals(day) && dayBefore.equals(calendar.previousTradingDay(day));
        return known ? levelBefore : null;
    }

    private boolean isFund() {
        return kind == Kind.FUND;
    }
}

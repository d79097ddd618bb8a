package id.detak.alert.rule;

import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.series.Observation;
import id.detak.series.PercentChange;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Makes samples of an indicator's observations, which come in the order of time, suspect and implied ones left out.
 *
 * <p>The day's change is the published percent, else the value against the previous close; of a currency pair, whose printed
 * sign is mostly turned round, always the latter. A fund has no level, so its level is the return index: from 100, one percent
 * chained per trading day, the day's last.
 *
 * <p>After a trading day's turn the strip still shows the numbers of the one before for a while, of funds for hours. While they
 * are the same, and not of an unchanged day, they count as that day's: else a fall would be told twice, and a fund's fall
 * count twice.
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
    /** A trading day that has begun and shows the numbers of the one before so far. */
    private LocalDate lagging;

    public Samples(Kind kind, TradingCalendar calendar) {
        this.kind = kind;
        this.calendar = calendar;
        this.lastLevel = isFund() ? PercentChange.INDEX_START : null;
    }

    /** Goes on from a close: of a fund its return index on that day. */
    public void startAfter(LocalDate closedDay, BigDecimal close) {
        day = closedDay;
        lastLevel = close;
    }

    public Sample next(Observation o) {
        if (lagging != null && o.tradingDay().isAfter(lagging)) {
            // a whole day repeated them: they were its own
            lastSample = sample(last);
        }
        boolean lags = last != null && o.tradingDay().isAfter(day) && o.changePercent() != null && o.changePercent().signum() != 0 && last.hasNumbersOf(o);
        lagging = lags ? o.tradingDay() : null;
        last = o;
        lastSample = lags ? new Sample(o.observedAt(), lastSample.tradingDay(), lastSample.level(), lastSample.dayPercent(), lastSample.previousClose(), o.captureId()) : sample(o);
        return lastSample;
    }

    private Sample sample(Observation o) {
        if (day == null || o.tradingDay().isAfter(day)) {
            roll(o.tradingDay());
        }
        BigDecimal previousClose = isFund() ? levelBefore : previousClose(o);
        BigDecimal level = !isFund() ? o.value() : o.changePercent() == null ? null : PercentChange.chained(levelBefore, o.changePercent());
        if (level != null && o.tradingDay().equals(day)) {
            lastLevel = level;
        }
        BigDecimal percent = kind == Kind.CURRENCY || o.changePercent() == null ? PercentChange.of(previousClose, level) : o.changePercent();
        return new Sample(o.observedAt(), o.tradingDay(), level, percent, previousClose, o.captureId());
    }

    private void roll(LocalDate next) {
        dayBefore = day;
        levelBefore = lastLevel;
        day = next;
    }

    private BigDecimal previousClose(Observation o) {
        if (o.previousClose() != null) {
            return o.previousClose();
        }
        boolean known = dayBefore != null && o.tradingDay().equals(day) && dayBefore.equals(calendar.previousTradingDay(day));
        return known ? levelBefore : null;
    }

    private boolean isFund() {
        return kind == Kind.FUND;
    }
}

package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import java.time.Duration;

/**
 * On an exchange holiday (7 April 2025) test data of the exchange was taken for a crash. What differs from the last trusted
 * quote with no open time in between is suspect, and so is what repeats such a quote.
 */
final class MarketClosedCheck {

    /** What moves within an hour after a session's end may be its closing price. */
    static final Duration GRACE = Duration.ofHours(1);

    private MarketClosedCheck() {
    }

    /**
     * @param checked what a capture says, held against itself alone
     * @param lastSeen what was seen before it, suspect ones too, or null
     * @param lastTrusted or null
     * @return the same, suspect where it moved while its market was closed
     */
    static Observation judge(Indicator indicator, Observation checked, TradingCalendar calendar, Observation lastSeen, Observation lastTrusted) {
        if (checked.isSuspect() || indicator.kind() != Kind.INDEX || !moved(checked, calendar, lastSeen, lastTrusted)) {
            return checked;
        }
        return new Observation(checked.indicatorId(), checked.observedAt(), checked.value(), checked.change(), checked.changePercent(), null, Quality.SUSPECT,
                SuspectReason.MARKET_CLOSED, checked.tradingDay(), checked.captureId());
    }

    /** An observation as it was before it was judged. */
    static Observation unjudged(Indicator indicator, Observation o) {
        if (o.reason() != SuspectReason.MARKET_CLOSED) {
            return o;
        }
        Quote quote = Quote.judged(indicator.code(), o.value(), o.change(), o.changePercent());
        return new Observation(o.indicatorId(), o.observedAt(), o.value(), o.change(), o.changePercent(), quote.previousClose(), quote.quality(), null, o.tradingDay(), o.captureId());
    }

    private static boolean moved(Observation now, TradingCalendar calendar, Observation lastSeen, Observation lastTrusted) {
        boolean repeatsSuspect = lastSeen != null && lastSeen.reason() == SuspectReason.MARKET_CLOSED && lastSeen.hasNumbersOf(now);
        return repeatsSuspect || lastTrusted != null && !Observation.same(lastTrusted.value(), now.value())
                && !calendar.wasOpenBetween(lastTrusted.observedAt(), now.observedAt(), GRACE);
    }
}

package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import java.time.Duration;

/**
 * Marks quotes that changed while the market was closed, and repeats of such quotes, as suspect.
 *
 * <p>On an exchange holiday (7 April 2025) test data of the exchange looked like a crash.
 */
final class MarketClosedCheck {

    /** A change within an hour after a session may be its closing price. */
    static final Duration GRACE = Duration.ofHours(1);

    private MarketClosedCheck() {}

    /**
     * @param checked an observation whose own numbers were checked
     * @param lastSeen the observation before it, including suspect ones, or null
     * @param lastTrusted the trusted observation before it, or null
     * @return the observation, marked as suspect if it changed while the market was closed
     */
    static Observation judge(
            Indicator indicator,
            Observation checked,
            TradingCalendar calendar,
            Observation lastSeen,
            Observation lastTrusted) {
        if (checked.isSuspect() || indicator.kind() != Kind.INDEX || !moved(checked, calendar, lastSeen, lastTrusted)) {
            return checked;
        }
        return new Observation(
                checked.indicatorId(),
                checked.observedAt(),
                checked.value(),
                checked.change(),
                checked.changePercent(),
                null,
                Quality.SUSPECT,
                SuspectReason.MARKET_CLOSED,
                checked.tradingDay(),
                checked.captureId());
    }

    /** The observation as it was before this check. */
    static Observation unjudged(Indicator indicator, Observation o) {
        if (o.reason() != SuspectReason.MARKET_CLOSED) {
            return o;
        }
        Quote quote = Quote.judged(indicator.code(), o.value(), o.change(), o.changePercent());
        return new Observation(
                o.indicatorId(),
                o.observedAt(),
                o.value(),
                o.change(),
                o.changePercent(),
                quote.previousClose(),
                quote.quality(),
                null,
                o.tradingDay(),
                o.captureId());
    }

    private static boolean moved(
            Observation now, TradingCalendar calendar, Observation lastSeen, Observation lastTrusted) {
        boolean repeatsSuspect =
                lastSeen != null && lastSeen.reason() == SuspectReason.MARKET_CLOSED && lastSeen.hasNumbersOf(now);
        return repeatsSuspect
                || lastTrusted != null
                        && !Observation.same(lastTrusted.value(), now.value())
                        && !calendar.wasOpenBetween(lastTrusted.observedAt(), now.observedAt(), GRACE);
    }
}

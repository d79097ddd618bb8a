package id.detak.series;

import id.detak.capture.Capture;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.Kind;
import id.detak.indicator.TradingCalendar;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Turns the quotes of a captured page into observations. Doing it again changes nothing; a different number for a key that is
 * taken is kept as a conflict, and the first stands. Call within a transaction.
 */
@ApplicationScoped
public class Recorder {

    /** What moves within an hour after a session's end may be its closing price. */
    static final Duration GRACE = Duration.ofHours(1);

    private final Indicators indicators;
    private final Calendars calendars;
    private final Observations observations;

    Recorder(Indicators indicators, Calendars calendars, Observations observations) {
        this.indicators = indicators;
        this.calendars = calendars;
        this.observations = observations;
    }

    public enum Result {
        NEW, SAME, CONFLICTING
    }

    /** @param observation what the quote became; where conflicting, not what stands */
    public record Recorded(Indicator indicator, Observation observation, Result result) {
    }

    public List<Recorded> record(Capture capture, List<Quote> quotes) {
        Map<String, Indicator> known = indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        return quotes.stream().map(quote -> {
            Indicator indicator = known.computeIfAbsent(quote.code(), code -> indicators.findOrDiscover(code, capture.observedAt()));
            return record(indicator, capture, quote);
        }).toList();
    }

    private Recorded record(Indicator indicator, Capture capture, Quote quote) {
        Observation made = observe(indicator, capture, quote);
        if (observations.insert(made)) {
            return new Recorded(indicator, made, Result.NEW);
        }
        Observation there = observations.at(indicator.id(), made.observedAt()).orElseThrow();
        if (there.hasNumbersOf(made)) {
            return new Recorded(indicator, there, Result.SAME);
        }
        observations.insertConflict(made);
        return new Recorded(indicator, made, Result.CONFLICTING);
    }

    private Observation observe(Indicator indicator, Capture capture, Quote quote) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Instant at = capture.observedAt();
        Optional<Observation> trusted = observations.lastTrustedBefore(indicator.id(), at);
        Observation plain = new Observation(indicator.id(), at, quote.value(), quote.change(), quote.changePercent(), quote.previousClose(),
                quote.quality(), quote.quality() == Quality.SUSPECT ? SuspectReason.CHECK_FAILED : null, calendar.tradingDayAt(at), capture.id());
        if (!plain.isSuspect() && indicator.kind() == Kind.INDEX && movedWhileClosed(plain, trusted, calendar)) {
            return with(plain, Quality.SUSPECT, SuspectReason.MARKET_CLOSED, plain.tradingDay());
        }
        LocalDate day = trusted.flatMap(last -> lagging(plain, last, calendar)).orElse(plain.tradingDay());
        return with(withPreviousClose(plain, calendar.previousTradingDay(day)), plain.quality(), plain.reason(), day);
    }

    /**
     * On an exchange holiday (7 April 2025) test data of the exchange was taken for a crash. What differs from the last trusted
     * quote with no open time in between is suspect, and so is what repeats such a quote.
     */
    private boolean movedWhileClosed(Observation now, Optional<Observation> trusted, TradingCalendar calendar) {
        boolean repeatsSuspect = observations.lastBefore(now.indicatorId(), now.observedAt())
                .filter(last -> last.reason() == SuspectReason.MARKET_CLOSED && last.hasNumbersOf(now)).isPresent();
        return repeatsSuspect || trusted.filter(last -> !Observation.same(last.value(), now.value())
                && !calendar.wasOpenBetween(last.observedAt(), now.observedAt(), GRACE)).isPresent();
    }

    /**
     * The strip lags: after the opening it can still show yesterday's numbers. A quote that repeats the last one of the trading
     * day before is still that day's, until one differs; a page that has stood still ever since belongs to the day that it
     * stood still on.
     */
    private static Optional<LocalDate> lagging(Observation now, Observation last, TradingCalendar calendar) {
        boolean moved = now.change() != null && now.change().signum() != 0 && now.value() != null && now.changePercent() != null;
        boolean repeats = moved && last.hasNumbersOf(now) && last.tradingDay().isBefore(now.tradingDay());
        boolean adjacent = repeats && !calendar.tradingDayAt(last.observedAt()).isBefore(calendar.previousTradingDay(now.tradingDay()));
        return adjacent ? Optional.of(last.tradingDay()) : Optional.empty();
    }

    /** Where a currency pair's numbers fit both signs, the close stored for the day before may tell which one it is. */
    private Observation withPreviousClose(Observation o, LocalDate dayBefore) {
        if (o.previousClose() != null || o.value() == null || o.change() == null || o.quality() != Quality.OK) {
            return o;
        }
        return observations.closeOf(o.indicatorId(), dayBefore, o.observedAt())
                .flatMap(close -> Stream.of(o.value().subtract(o.change()), o.value().add(o.change())).filter(reading -> reading.compareTo(close) == 0).findFirst())
                .map(close -> new Observation(o.indicatorId(), o.observedAt(), o.value(), o.change(), o.changePercent(), close, o.quality(),
                        o.reason(), o.tradingDay(), o.captureId()))
                .orElse(o);
    }

    private static Observation with(Observation o, Quality quality, SuspectReason reason, LocalDate tradingDay) {
        return new Observation(o.indicatorId(), o.observedAt(), o.value(), o.change(), o.changePercent(),
                quality == Quality.SUSPECT ? null : o.previousClose(), quality, reason, tradingDay, o.captureId());
    }
}

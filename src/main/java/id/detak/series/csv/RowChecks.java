package id.detak.series.csv;

import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.platform.RejectedException;
import id.detak.series.DayRange;
import id.detak.series.Observation;
import id.detak.series.QualityReason;
import id.detak.series.table.BadRowException;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Makes observations of the numbers of rows, after checks that need no other row. */
final class RowChecks {

    private static final Instant FIRST = Instant.parse("1990-01-01T00:00:00Z");

    private final Function<String, Indicator> indicators;
    private final Instant latest;
    private final Map<String, Indicator> known = new HashMap<>();
    /** Read by the thread that writes. */
    private final Map<Integer, Indicator> byId = new ConcurrentHashMap<>();

    /**
     * @param indicators finds or creates the indicator of a code
     * @param latest later rows are rejected as future
     */
    RowChecks(Function<String, Indicator> indicators, Instant latest) {
        this.indicators = indicators;
        this.latest = latest;
    }

    /**
     * @param code as the row states it
     * @param at as the row states it, for messages
     * @param midnight the date of a time of 00:00, or null
     * @param stated a quality, or empty
     * @throws BadRowException if they cannot be an observation
     */
    Observation observation(
            String code,
            Instant observedAt,
            String at,
            LocalDate midnight,
            BigDecimal value,
            BigDecimal change,
            BigDecimal percent,
            DayRange range,
            String stated) {
        if (observedAt.isAfter(latest)) {
            throw new BadRowException(at + " lies in the future");
        }
        if (observedAt.isBefore(FIRST)) {
            throw new BadRowException(at + " lies before 1990");
        }
        if (value == null && percent == null) {
            throw new BadRowException("it has neither value nor change_percent");
        }
        if (value != null && value.signum() <= 0) {
            throw new BadRowException("value must be greater than 0");
        }
        if (change != null && value == null) {
            throw new BadRowException("change requires value");
        }
        Indicator indicator = indicator(code);
        if (indicator.kind() == Kind.FUND && value != null) {
            throw new BadRowException("value: " + indicator.code() + " is a fund, which has only change_percent");
        }
        if (range != null && !range.holds(value)) {
            throw new BadRowException("open, high, low and value contradict each other");
        }
        Quality quality = quality(stated, indicator, value, change, percent);
        return new Observation(
                indicator.id(),
                observedAt,
                value,
                change,
                percent,
                previousClose(indicator, value, change, percent, quality),
                quality,
                quality == Quality.SUSPECT && stated.isEmpty() ? QualityReason.CHECK_FAILED : null,
                midnight,
                null,
                range,
                null);
    }

    /** The indicator of an observation made here. */
    Indicator of(Observation o) {
        return byId.get(o.indicatorId());
    }

    /** @throws BadRowException if the code cannot be one */
    Indicator indicator(String text) {
        Indicator indicator = known.get(text);
        if (indicator == null) {
            String code = text.strip().toUpperCase(Locale.ROOT);
            if (!Indicator.isCode(code)) {
                throw new BadRowException("'" + code + "' cannot be a code");
            }
            try {
                indicator = indicators.apply(code);
            } catch (RejectedException e) {
                throw new BadRowException(e.getMessage());
            }
            known.put(text, indicator);
            byId.put(indicator.id(), indicator);
        }
        return indicator;
    }

    /** A row keeps its quality. A row without one is checked like a quote. */
    private static Quality quality(
            String text, Indicator indicator, BigDecimal value, BigDecimal change, BigDecimal percent) {
        return switch (text) {
            case "ok" -> Quality.OK;
            case "unchecked" -> Quality.UNCHECKED;
            case "suspect" -> Quality.SUSPECT;
            case "implied" -> {
                if (value == null) {
                    throw new BadRowException("an implied close is a value");
                }
                yield Quality.IMPLIED;
            }
            case "" -> Quote.judged(indicator.code(), value, change, percent).quality();
            default ->
                throw new BadRowException(
                        "quality must be one of ok, unchecked, suspect, implied, or empty, not '" + text + "'");
        };
    }

    /**
     * The previous close as in a quote. If the code is not a currency pair, it is value minus change, regardless of the
     * percentage.
     */
    private static BigDecimal previousClose(
            Indicator indicator, BigDecimal value, BigDecimal change, BigDecimal percent, Quality quality) {
        if (value == null || change == null || quality == Quality.SUSPECT || quality == Quality.IMPLIED) {
            return null;
        }
        if (Quote.isCurrencyPair(indicator.code())) {
            return Quote.judged(indicator.code(), value, change, percent).previousClose();
        }
        BigDecimal previous = value.subtract(change);
        return previous.signum() > 0 ? previous : null;
    }
}

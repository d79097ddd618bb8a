package id.detak.series;

import id.detak.database.DatabaseGauges;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Ages;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Metrics of the market: newest value, change and age of each indicator, the same in every process. An indicator whose
 * newest value is suspect has no value and no change, since alarms may depend on them.
 */
@ApplicationScoped
class QuoteMetrics implements DatabaseGauges {

    private final Indicators indicators;
    private final LatestQuotes latest;
    private final DayChanges dayChanges;
    private final Clock clock;
    private final MultiGauge value;
    private final MultiGauge changePercent;
    private final MultiGauge age;
    private final MultiGauge suspect;
    private volatile Map<String, Newest> newest = Map.of();

    QuoteMetrics(
            Indicators indicators, LatestQuotes latest, DayChanges dayChanges, Clock clock, MeterRegistry registry) {
        this.indicators = indicators;
        this.latest = latest;
        this.dayChanges = dayChanges;
        this.clock = clock;
        this.value = MultiGauge.builder("detak.indicator.value")
                .description("Newest value of an indicator")
                .register(registry);
        this.changePercent = MultiGauge.builder("detak.indicator.change.percent")
                .description("Percent from the previous close")
                .register(registry);
        this.age = MultiGauge.builder("detak.indicator.age")
                .baseUnit("seconds")
                .description("Time since an indicator was last seen")
                .register(registry);
        this.suspect = MultiGauge.builder("detak.indicator.suspect")
                .description("1: the newest number is suspect, value and change are absent")
                .register(registry);
    }

    private record Newest(
            String unit, Instant observedAt, boolean suspect, BigDecimal value, BigDecimal changePercent) {

        static Newest of(Indicator indicator, LatestQuotes.Item item, DayChange move) {
            boolean suspect = item.quality().equals("suspect");
            return new Newest(
                    indicator.unit(),
                    item.observedAt().toInstant(),
                    suspect,
                    suspect ? null : item.value(),
                    suspect ? null : move.percent());
        }
    }

    @Override
    @Transactional
    public void refresh() {
        Map<String, Newest> found = new LinkedHashMap<>();
        List<LatestQuotes.Item> all = latest.all();
        Map<String, Indicator> byCode =
                indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        // one may have been renamed or merged in between
        List<LatestQuotes.Item> items =
                all.stream().filter(item -> byCode.containsKey(item.code())).toList();
        Map<String, DayChange> changes = dayChanges.of(items, byCode);
        items.forEach(
                item -> found.put(item.code(), Newest.of(byCode.get(item.code()), item, changes.get(item.code()))));
        newest = found;
        register(value, Newest::value, quote -> quote.value().doubleValue());
        register(changePercent, Newest::changePercent, quote -> quote.changePercent()
                .doubleValue());
        register(age, Newest::observedAt, quote -> Ages.seconds(quote.observedAt(), clock.instant()));
        register(suspect, Newest::observedAt, quote -> quote.suspect() ? 1 : 0);
    }

    /** Registers a gauge for each indicator that has the number. Each scrape reads the number. */
    private void register(MultiGauge gauge, Function<Newest, Object> figure, ToDoubleFunction<Newest> number) {
        gauge.register(newest.entrySet().stream()
                .filter(entry -> figure.apply(entry.getValue()) != null)
                .<Row<?>>map(entry -> Row.of(
                        tags(gauge, entry.getKey(), entry.getValue()), () -> number(entry.getKey(), figure, number)))
                .toList());
    }

    private Tags tags(MultiGauge gauge, String code, Newest quote) {
        Tags tags = Tags.of("code", code);
        return gauge == value ? tags.and("unit", quote.unit()) : tags;
    }

    private Number number(String code, Function<Newest, Object> figure, ToDoubleFunction<Newest> number) {
        Newest quote = newest.get(code);
        return quote == null || figure.apply(quote) == null ? Double.NaN : number.applyAsDouble(quote);
    }
}

package id.detak.series;

import id.detak.capture.CaptureConfig;
import id.detak.capture.Sources;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Wib;
import id.detak.series.OtherObservations.Other;
import id.detak.series.OtherObservations.Shown;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.Session;

/** Compares the numbers of sources that do not lead with the series of the indicator. */
@ApplicationScoped
public class OtherSources {

    /** Older numbers of a source say nothing about the current one. */
    private static final Duration RECENT = Duration.ofDays(2);

    private final Sources sources;
    private final OtherObservations others;
    private final Indicators indicators;
    private final Session session;
    private final Duration lag;
    private final Clock clock;

    OtherSources(
            Sources sources,
            OtherObservations others,
            Indicators indicators,
            Session session,
            CaptureConfig config,
            Clock clock) {
        this.sources = sources;
        this.others = others;
        this.indicators = indicators;
        this.session = session;
        this.lag = config.sourceLag();
        this.clock = clock;
    }

    /**
     * A number of a source that does not lead.
     *
     * @param lead the source whose numbers are in the series, or null
     * @param differs whether it differs from the series by more than rounding and lag explain; null if the series has
     *     nothing to compare it with
     */
    @Schema(name = "OtherSourceObservation")
    public record Item(
            String code,
            String source,
            String lead,
            OffsetDateTime observedAt,
            LocalDate tradingDay,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,
            String quality,
            UUID captureId,
            Boolean differs) {}

    /** The numbers of a range, both ends included, newest first. */
    @Transactional
    public List<Item> of(Indicator indicator, Instant from, Instant to, int most) {
        return items(others.between(indicator.id(), from, to, most), List.of(indicator));
    }

    /** The quotes of a capture whose source does not lead these indicators. */
    @Transactional
    public List<Item> of(UUID captureId, Instant observedAt) {
        return items(others.of(captureId, observedAt), indicators.all());
    }

    /** The newest number of the last two days for each shown indicator and each active source that does not lead it. */
    @Transactional
    public List<Item> newest() {
        return newest(sources.active().stream().map(Sources.Source::name).toList());
    }

    /** @param names of the active sources */
    @Transactional
    public List<Item> newest(List<String> names) {
        if (names.size() < 2) {
            return List.of();
        }
        Instant since = clock.instant().minus(RECENT);
        List<Indicator> shown = indicators.recent().shown();
        List<Shown> beside = shown.stream()
                .filter(indicator -> indicator.source() != null)
                .flatMap(indicator -> names.stream()
                        .filter(name -> !name.equals(indicator.source()))
                        .map(name -> new Shown(indicator.id(), name)))
                .toList();
        return items(others.newest(beside, since), shown);
    }

    private List<Item> items(List<Other> found, List<Indicator> of) {
        Map<Integer, Indicator> byId = of.stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        List<Other> known = found.stream()
                .filter(other -> byId.containsKey(other.observation().indicatorId()))
                .toList();
        Map<Integer, Range> ranges = ranges(known);
        return IntStream.range(0, known.size())
                .mapToObj(
                        i -> item(byId.get(known.get(i).observation().indicatorId()), known.get(i), ranges.get(i + 1)))
                .toList();
    }

    private static Item item(Indicator indicator, Other other, Range range) {
        Observation o = other.observation();
        return new Item(
                indicator.code(),
                other.source(),
                indicator.source(),
                Wib.local(o.observedAt()),
                o.tradingDay(),
                o.value(),
                o.change(),
                o.changePercent(),
                o.qualityWord(),
                o.captureId(),
                range == null ? null : range.excludes(o));
    }

    /** The numbers of a series around an observation; null without any. */
    private record Range(
            int place, BigDecimal lowest, BigDecimal highest, BigDecimal lowestPercent, BigDecimal highestPercent) {

        /** Null where there is nothing to compare with. */
        Boolean excludes(Observation o) {
            return o.value() == null
                    ? excludes(o.changePercent(), lowestPercent, highestPercent)
                    : excludes(o.value(), lowest, highest);
        }

        private static Boolean excludes(BigDecimal number, BigDecimal lowest, BigDecimal highest) {
            if (lowest == null) {
                return null;
            }
            BigDecimal rounding = Observation.halfUnit(number);
            return number.compareTo(lowest.subtract(rounding).subtract(Observation.halfUnit(lowest))) < 0
                    || number.compareTo(highest.add(rounding).add(Observation.halfUnit(highest))) > 0;
        }
    }

    /**
     * The ranges by the places of the observations, from 1; none where nothing was written to the series. A source may
     * lag behind the leading one or be ahead of it, so any number of that time is the same one.
     */
    private Map<Integer, Range> ranges(List<Other> found) {
        if (found.isEmpty()) {
            return Map.of();
        }
        return session
                .createNativeQuery("""
                select cast(w.n as integer), r.* from unnest(cast(:ids as integer[]), cast(:froms as timestamptz[]), cast(:tos as timestamptz[])) with ordinality w(id, start, stop, n)
                join series s on s.indicator_id = w.id
                cross join lateral (
                    select min(value), max(value), min(change_percent), max(change_percent) from observation
                    where indicator_id = s.indicator_id and quality in ('ok', 'unchecked')
                      and observed_at >= coalesce((select max(observed_at) from observation
                                                   where indicator_id = s.indicator_id and quality in ('ok', 'unchecked') and observed_at <= w.start), w.start)
                      and observed_at <= coalesce((select min(observed_at) from observation
                                                   where indicator_id = s.indicator_id and quality in ('ok', 'unchecked') and observed_at >= w.stop), w.stop)
                ) r(lowest, highest, lowest_percent, highest_percent)
                """, Range.class)
                .setParameter(
                        "ids", TextArrays.of(found, other -> other.observation().indicatorId()))
                .setParameter("froms", TextArrays.of(found, other -> other.observation()
                        .observedAt()
                        .minus(lag)))
                .setParameter("tos", TextArrays.of(found, other -> other.observation()
                        .observedAt()
                        .plus(lag)))
                .getResultList()
                .stream()
                .collect(Collectors.toMap(Range::place, Function.identity()));
    }
}

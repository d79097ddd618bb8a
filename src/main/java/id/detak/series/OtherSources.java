package id.detak.series;

import id.detak.capture.CaptureConfig;
import id.detak.capture.Sources;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Wib;
import id.detak.series.OtherObservations.Other;
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
        return others.between(indicator.id(), from, to, most).stream()
                .map(other -> item(indicator, other))
                .toList();
    }

    /** The quotes of a capture whose source does not lead these indicators. */
    @Transactional
    public List<Item> of(UUID captureId, Instant observedAt) {
        return items(others.of(captureId, observedAt), indicators.all());
    }

    /** The newest number of the last two days for each shown indicator and each active source that does not lead it. */
    @Transactional
    public List<Item> newest() {
        List<String> names = sources.active().stream().map(Sources.Source::name).toList();
        if (names.size() < 2) {
            return List.of();
        }
        Instant since = clock.instant().minus(RECENT);
        List<Indicator> shown = indicators.shown();
        List<Other> found = shown.stream()
                .filter(indicator -> indicator.source() != null)
                .flatMap(indicator -> names.stream()
                        .filter(name -> !name.equals(indicator.source()))
                        .flatMap(name -> others.newest(indicator.id(), name, since).stream()))
                .toList();
        return items(found, shown);
    }

    private List<Item> items(List<Other> found, List<Indicator> of) {
        Map<Integer, Indicator> byId = of.stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        return found.stream()
                .filter(other -> byId.containsKey(other.observation().indicatorId()))
                .map(other -> item(byId.get(other.observation().indicatorId()), other))
                .toList();
    }

    private Item item(Indicator indicator, Other other) {
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
                differs(o));
    }

    private record Range(BigDecimal lowest, BigDecimal highest) {}

    /**
     * A source may lag behind the leading one or be ahead of it, so a number agrees if the series has it at any time
     * nearby.
     */
    private Boolean differs(Observation o) {
        BigDecimal number = o.value() == null ? o.changePercent() : o.value();
        String column = o.value() == null ? "change_percent" : "value";
        Range range = session.createNativeQuery(
                        "select min(" + column + "), max(" + column + ") from observation"
                                + " where indicator_id = :id and quality in ('ok', 'unchecked') and " + column + """
                 is not null
                  and observed_at >= coalesce((select max(observed_at) from observation
                                               where indicator_id = :id and quality in ('ok', 'unchecked') and observed_at <= :from), :from)
                  and observed_at <= coalesce((select min(observed_at) from observation
                                               where indicator_id = :id and quality in ('ok', 'unchecked') and observed_at >= :to), :to)
                """,
                        Range.class)
                .setParameter("id", o.indicatorId())
                .setParameter("from", o.observedAt().minus(lag))
                .setParameter("to", o.observedAt().plus(lag))
                .getSingleResult();
        if (range.lowest == null) {
            return null;
        }
        BigDecimal rounding = Observation.halfUnit(number);
        return number.compareTo(range.lowest.subtract(rounding).subtract(Observation.halfUnit(range.lowest))) < 0
                || number.compareTo(range.highest.add(rounding).add(Observation.halfUnit(range.highest))) > 0;
    }
}

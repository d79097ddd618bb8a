package id.detak.series;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Wib;
import id.detak.series.LevelChanges.LevelChange;
import io.micrometer.core.annotation.Timed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The newest quote of each indicator. */
@ApplicationScoped
public class LatestQuotes {

    private final Indicators indicators;
    private final Observations observations;
    private final Calendars calendars;
    private final LevelChanges levelChanges;
    private final PollSchedule schedule;
    private final Clock clock;

    LatestQuotes(
            Indicators indicators,
            Observations observations,
            Calendars calendars,
            LevelChanges levelChanges,
            PollSchedule schedule,
            Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.calendars = calendars;
        this.levelChanges = levelChanges;
        this.schedule = schedule;
        this.clock = clock;
    }

    /** A quote in the API; a number that the strip does not show is null. */
    @Schema(name = "Quote")
    public record Item(
            String code,
            OffsetDateTime observedAt,
            LocalDate tradingDay,
            BigDecimal value,
            BigDecimal change,
            BigDecimal changePercent,

            @Schema(
                    description =
                            "the close of the trading day before; of a currency pair only if the values decide it",
                    nullable = true)
            BigDecimal previousClose,

            @Schema(description = "ok, unchecked (nothing to check against) or suspect", example = "ok")
            String quality,

            @Schema(
                    description =
                            "why it is suspect: check-failed, market-closed, no-trading-day, wrong-sign, contradicts-close, implausible or frozen; level-changed is a note on the first number of a new level",
                    nullable = true)
            String reason,

            @Schema(description = "not observed for three polls during market hours")
            boolean stale,

            UUID captureId,

            @Schema(description = "since when the values are on the present level; absent if it never changed")
            @JsonInclude(JsonInclude.Include.NON_NULL)
            OffsetDateTime levelChangedAt) {}

    @Timed(
            value = "detak.query",
            extraTags = {"query", "latest"},
            histogram = true,
            description = "Time that the main queries take")
    @Transactional
    public List<Item> all() {
        return items(observations.latest(), indicators.recent().shown());
    }

    /** The newest quotes, including those of hidden indicators. */
    @Transactional
    public List<Item> withHidden() {
        return items(observations.latest(), indicators.all());
    }

    /** The quotes of a capture. */
    @Transactional
    public List<Item> of(UUID captureId, Instant observedAt) {
        return items(observations.of(captureId, observedAt), indicators.all());
    }

    /** @param of read after the observations, so that an indicator discovered in between is included */
    private List<Item> items(List<Observation> found, List<Indicator> of) {
        Map<Integer, Indicator> byId = of.stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        Map<Integer, LevelChange> changes = levelChanges.lastOfAll().stream()
                .collect(Collectors.toMap(LevelChange::indicatorId, Function.identity()));
        return found.stream()
                .filter(observation -> byId.containsKey(observation.indicatorId()))
                .map(observation ->
                        item(byId.get(observation.indicatorId()), observation, changes.get(observation.indicatorId())))
                .toList();
    }

    private Item item(Indicator indicator, Observation o, LevelChange levelChange) {
        return new Item(
                indicator.code(),
                Wib.local(o.observedAt()),
                o.tradingDay(),
                o.value(),
                o.change(),
                o.changePercent(),
                o.previousClose(),
                o.qualityWord(),
                o.reason() == null ? null : o.reason().word(),
                isStale(indicator, o),
                o.captureId(),
                levelChange == null ? null : Wib.local(levelChange.observedAt()));
    }

    private boolean isStale(Indicator indicator, Observation observation) {
        return schedule.missedThreePolls(calendars.of(indicator.kind()), observation.observedAt(), clock.instant());
    }
}

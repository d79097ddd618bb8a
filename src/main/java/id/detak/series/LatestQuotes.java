package id.detak.series;

import id.detak.capture.PollSchedule;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.Wib;
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
    private final PollSchedule schedule;
    private final Clock clock;

    LatestQuotes(
            Indicators indicators, Observations observations, Calendars calendars, PollSchedule schedule, Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.calendars = calendars;
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

            @Schema(description = "why it is suspect: check-failed or market-closed", nullable = true)
            String reason,

            @Schema(description = "not observed for three polls during market hours")
            boolean stale,

            UUID captureId) {}

    @Timed(
            value = "detak.query",
            extraTags = {"query", "latest"},
            histogram = true,
            description = "Time that the main queries take")
    @Transactional
    public List<Item> all() {
        return items(observations.latest());
    }

    /** The quotes of a capture. */
    @Transactional
    public List<Item> of(UUID captureId, Instant observedAt) {
        return items(observations.of(captureId, observedAt));
    }

    /** Reads indicators after observations, so that an indicator discovered in between is included. */
    private List<Item> items(List<Observation> found) {
        Map<Integer, Indicator> byId =
                indicators.all().stream().collect(Collectors.toMap(Indicator::id, Function.identity()));
        return found.stream()
                .map(observation -> item(byId.get(observation.indicatorId()), observation))
                .toList();
    }

    private Item item(Indicator indicator, Observation o) {
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
                o.captureId());
    }

    private boolean isStale(Indicator indicator, Observation observation) {
        return schedule.missedThreePolls(calendars.of(indicator.kind()), observation.observedAt(), clock.instant());
    }
}

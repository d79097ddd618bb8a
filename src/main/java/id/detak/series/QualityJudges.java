package id.detak.series;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.BadSettingException;
import id.detak.platform.Wib;
import id.detak.series.Observations.Neighbours;
import id.detak.series.QualityJudge.Close;
import id.detak.series.QualityJudge.Past;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Creates the {@link QualityJudge} of a series for the observations from an instant on. */
@ApplicationScoped
class QualityJudges {

    private static final int MAX_POLLS = 100;
    private static final int MAX_DAYS = 250;

    private final Observations observations;
    private final Bars bars;
    private final Calendars calendars;
    private final LevelChanges levelChanges;
    private final SeriesConfig config;

    QualityJudges(
            Observations observations, Bars bars, Calendars calendars, LevelChanges levelChanges, SeriesConfig config) {
        this.observations = observations;
        this.bars = bars;
        this.calendars = calendars;
        this.levelChanges = levelChanges;
        this.config = config;
        check("DETAK_LEVEL_POLLS", config.levelPolls(), MAX_POLLS);
        check("DETAK_FROZEN_DAYS", config.frozenDays(), MAX_DAYS);
    }

    private static void check(String setting, int value, int most) {
        if (value < 1 || value > most) {
            throw new BadSettingException(setting + " must be a whole number from 1 to " + most + ".");
        }
    }

    /** Creates the bean at startup, so that an invalid setting is reported then. */
    void onStart(@Observes StartupEvent event) {
        // the constructor checks the settings
    }

    QualityJudge from(Indicator indicator, Instant from) {
        return after(indicator, observations.around(indicator.id(), from));
    }

    /** @param around the neighbours of the first observation to be judged */
    QualityJudge after(Indicator indicator, Neighbours around) {
        TradingCalendar calendar = calendars.of(indicator.kind());
        Observation trusted = around.lastTrusted();
        if (trusted == null) {
            return new QualityJudge(indicator, calendar, config, Past.NOTHING.since(around.since()));
        }
        Observation last = around.last();
        return new QualityJudge(
                indicator,
                calendar,
                config,
                new Past(
                        trusted,
                        around.since(),
                        () -> closeBefore(indicator, calendar, trusted).orElse(null),
                        last.isImplied() && last.captureId() == null ? last : null,
                        () -> earlierPercents(indicator, trusted)));
    }

    /** Ignores a close that an observation of the same day implies, since it would be compared with itself. */
    private Optional<Close> closeBefore(Indicator indicator, TradingCalendar calendar, Observation trusted) {
        LocalDate day = calendar.previousTradingDay(trusted.tradingDay());
        boolean otherLevel = levelChanges
                .last(indicator.id(), trusted.observedAt())
                .filter(change -> change.tradingDay().equals(trusted.tradingDay()))
                .isPresent();
        if (otherLevel) {
            return Optional.empty();
        }
        return bars.day(indicator.id(), day)
                .filter(bar -> bar.count() > 0 || isImported(indicator, bar.lastAt()))
                .map(bar -> new Close(
                        day,
                        bar.close(),
                        Observation.halfUnit(bar.close()),
                        bar.count() == 0 || !bar.lastAt().isBefore(calendar.closeOf(day))));
    }

    private boolean isImported(Indicator indicator, Instant impliedAt) {
        return observations
                .at(indicator.id(), impliedAt)
                .filter(implied -> implied.captureId() == null)
                .isPresent();
    }

    private List<Close> earlierPercents(Indicator indicator, Observation trusted) {
        return bars.lastDays(indicator.id(), Measure.CHANGE_PERCENT, trusted.tradingDay(), config.frozenDays()).stream()
                .map(bar -> new Close(Wib.date(bar.key().start()), bar.close(), BigDecimal.ZERO, true))
                .toList();
    }
}

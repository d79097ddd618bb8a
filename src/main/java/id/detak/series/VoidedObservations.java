package id.detak.series;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.RejectedException;
import id.detak.series.SupersededObservation.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Voids observations whose value is wrong at the source, and restores them. */
@ApplicationScoped
@Transactional(MANDATORY)
public class VoidedObservations {

    private final Indicators indicators;
    private final Observations observations;
    private final SupersededObservations supersededObservations;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;
    private final Clock clock;

    VoidedObservations(
            Indicators indicators,
            Observations observations,
            SupersededObservations supersededObservations,
            DerivedDataUpdate derivedDataUpdate,
            SeriesVersions versions,
            Clock clock) {
        this.indicators = indicators;
        this.observations = observations;
        this.supersededObservations = supersededObservations;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
        this.clock = clock;
    }

    /** More would hold the lock on the series for too long. */
    private static final int MAX_OF_RANGE = 50_000;

    /**
     * @param instants of the observations that were voided or restored, oldest first
     * @param rejudged observations whose verdicts changed because of it, in chronological order
     */
    public record VoidedRange(List<Instant> instants, List<Rejudged> rejudged) {}

    /** @param rejudged observations whose verdicts changed because of it, in chronological order */
    public record Voided(SupersededObservation observation, List<Rejudged> rejudged) {}

    /** @param rejudged observations whose verdicts changed because of it, in chronological order */
    public record Restored(Observation observation, List<Rejudged> rejudged) {}

    /**
     * Voids the observation of an instant. An already voided one stays as it is, with the reason of the first user.
     *
     * @throws RejectedException if there is no observation, or an implied close
     */
    public Voided voidAt(Indicator indicator, Instant at, String reason, String by) {
        lock(indicator);
        refuseWhereBarsAreFinal(indicator, at);
        Optional<Observation> standing = observations.at(indicator.id(), at);
        Optional<SupersededObservation> voided = supersededObservations.voidedAt(indicator.id(), at);
        if (voided.isPresent() && standing.filter(o -> !isDerived(o)).isEmpty()) {
            return new Voided(voided.get(), List.of());
        }
        Observation observation = standing.orElseThrow(() -> RejectedException.notFound("There is no observation of "
                + indicator.code() + " at that moment. GET observations lists all, each with its observedAt."));
        if (isDerived(observation)) {
            throw RejectedException.conflict(
                    "This close was not observed but implied by an observation of the next trading day. Void that observation.");
        }
        SupersededObservation superseded = new SupersededObservation(
                observation, clock.instant().truncatedTo(ChronoUnit.MICROS), Cause.VOID, reason, by);
        supersededObservations.add(superseded);
        return new Voided(superseded, derivedDataUpdate.update(indicator, at, at));
    }

    /**
     * Restores the most recently voided observation of an instant.
     *
     * @throws RejectedException if there is none, or another observation took its place
     */
    public Restored restore(Indicator indicator, Instant at) {
        lock(indicator);
        refuseWhereBarsAreFinal(indicator, at);
        SupersededObservation voided = supersededObservations
                .voidedAt(indicator.id(), at)
                .orElseThrow(() -> RejectedException.notFound(
                        "No observation of " + indicator.code() + " at that moment is voided."));
        observations.at(indicator.id(), at).ifPresent(standing -> {
            if (!isDerived(standing)) {
                throw RejectedException.conflict(
                        "There is another observation at that moment now. Void that one first.");
            }
            observations.delete(standing);
        });
        supersededObservations.restore(voided);
        List<Rejudged> rejudged = derivedDataUpdate.update(indicator, at, at);
        return new Restored(observations.at(indicator.id(), at).orElseThrow(), rejudged);
    }

    /**
     * Voids all observations of a range, both ends included. Closes that they imply follow.
     *
     * @throws RejectedException if there is none, or there are too many for one transaction
     */
    public VoidedRange voidBetween(Indicator indicator, Instant from, Instant to, String reason, String by) {
        lock(indicator);
        refuseWhereBarsAreFinal(indicator, from);
        refuseTooMany("observation", indicator, from, to);
        List<Instant> voided = supersededObservations.voidBetween(
                indicator.id(), from, to, clock.instant().truncatedTo(ChronoUnit.MICROS), reason, by);
        if (voided.isEmpty()) {
            throw RejectedException.notFound("There is no observation of " + indicator.code()
                    + " in that range. GET observations lists all, each with its observedAt.");
        }
        return update(indicator, voided);
    }

    /**
     * Restores the voided observations of a range, both ends included, except where others took their place.
     *
     * @throws RejectedException if there is none, or there are too many for one transaction
     */
    public VoidedRange restoreBetween(Indicator indicator, Instant from, Instant to) {
        lock(indicator);
        refuseWhereBarsAreFinal(indicator, from);
        refuseTooMany("observation_superseded", indicator, from, to);
        List<Instant> restored = supersededObservations.restoreBetween(indicator.id(), from, to);
        if (restored.isEmpty()) {
            throw RejectedException.notFound(
                    "No observation of " + indicator.code() + " in that range is voided, or others took their place.");
        }
        return update(indicator, restored);
    }

    private VoidedRange update(Indicator indicator, List<Instant> changed) {
        return new VoidedRange(
                changed, derivedDataUpdate.update(indicator, changed.get(0), changed.get(changed.size() - 1)));
    }

    private void refuseTooMany(String table, Indicator indicator, Instant from, Instant to) {
        if (supersededObservations.countBetween(table, indicator.id(), from, to, MAX_OF_RANGE + 1) > MAX_OF_RANGE) {
            throw RejectedException.invalid(
                    "The range has more than " + MAX_OF_RANGE + " observations: use several shorter ranges.");
        }
    }

    private void lock(Indicator indicator) {
        versions.write(List.of(indicator.id()));
        if (!indicators.exists(indicator)) {
            throw RejectedException.notFound(indicator.code()
                    + " was merged or deleted meanwhile. GET /api/v1/indicators lists the indicators.");
        }
    }

    private void refuseWhereBarsAreFinal(Indicator indicator, Instant at) {
        if (at.isBefore(versions.keptFrom(indicator.id()))) {
            throw RejectedException.conflict(
                    "Observations of that time were deleted (DETAK_KEEP_OBSERVATIONS) and their bars are final. What is left is not enough to recalculate them.");
        }
    }

    /** Whether an observation is derived from another one, so that it would be created again after deletion. */
    private static boolean isDerived(Observation o) {
        return o.isImplied() && o.captureId() != null;
    }
}

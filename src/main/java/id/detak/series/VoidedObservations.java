package id.detak.series;

import id.detak.indicator.Indicator;
import id.detak.platform.RejectedException;
import id.detak.series.SupersededObservation.Cause;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Numbers that are wrong at the source: a hand takes them out of all that is made of them. Call within a transaction. */
@ApplicationScoped
public class VoidedObservations {

    private final Observations observations;
    private final SupersededObservations supersessions;
    private final DerivedDataUpdate corrections;
    private final SeriesVersions versions;
    private final Clock clock;

    VoidedObservations(Observations observations, SupersededObservations supersessions, DerivedDataUpdate corrections, SeriesVersions versions, Clock clock) {
        this.observations = observations;
        this.supersessions = supersessions;
        this.corrections = corrections;
        this.versions = versions;
        this.clock = clock;
    }

    /**
     * Voids what stands for that moment. What is voided already stays so, by who voided it first.
     *
     * @throws RejectedException if nothing was observed then, or what stands follows from another observation
     */
    public SupersededObservation voidAt(Indicator indicator, Instant at, String reason, String by) {
        versions.write(List.of(indicator.id()));
        refuseWhereBarsAreFinal(indicator, at);
        Optional<Observation> standing = observations.at(indicator.id(), at);
        Optional<SupersededObservation> voided = supersessions.voidedAt(indicator.id(), at);
        if (voided.isPresent() && standing.filter(o -> !isMade(o)).isEmpty()) {
            return voided.get();
        }
        Observation observation = standing.orElseThrow(() -> RejectedException.notFound("Nothing was observed of " + indicator.code() + " at that moment. GET observations lists what was, each with its observedAt."));
        if (isMade(observation)) {
            throw RejectedException.conflict("This close was not observed: it follows from what a capture says of the day before. Void that observation.");
        }
        SupersededObservation superseded = new SupersededObservation(observation, clock.instant().truncatedTo(ChronoUnit.MICROS), Cause.VOID, reason, by);
        supersessions.add(superseded);
        corrections.follow(indicator, at, at);
        return superseded;
    }

    /**
     * Takes back what was voided last of that moment.
     *
     * @throws RejectedException if nothing was, or another number stands in its place
     */
    public Observation takeBack(Indicator indicator, Instant at) {
        versions.write(List.of(indicator.id()));
        refuseWhereBarsAreFinal(indicator, at);
        SupersededObservation voided = supersessions.voidedAt(indicator.id(), at)
                .orElseThrow(() -> RejectedException.notFound("Nothing of " + indicator.code() + " at that moment is voided."));
        observations.at(indicator.id(), at).ifPresent(standing -> {
            if (!isMade(standing)) {
                throw RejectedException.conflict("Another number stands for that moment now. Void that one first.");
            }
            observations.delete(standing);
        });
        supersessions.takeBack(voided);
        corrections.follow(indicator, at, at);
        return observations.at(indicator.id(), at).orElseThrow();
    }

    private void refuseWhereBarsAreFinal(Indicator indicator, Instant at) {
        if (at.isBefore(versions.keptFrom(indicator.id()))) {
            throw RejectedException.conflict("Observations of that time were deleted (DETAK_KEEP_OBSERVATIONS) and their bars are final: nothing can follow from what is left.");
        }
    }

    /** Whether it is made of another observation, and comes again as long as that one stands. */
    private static boolean isMade(Observation o) {
        return o.isImplied() && o.captureId() != null;
    }
}

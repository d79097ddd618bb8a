package id.detak.intake;

import id.detak.alert.Evaluation;
import id.detak.alert.Retraction;
import id.detak.indicator.Indicator;
import id.detak.platform.Streams;
import id.detak.series.Observation;
import id.detak.series.Superseded;
import id.detak.series.Voids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** A number that is wrong at the source is voided, or taken back, with all that follows from it in one transaction. */
@ApplicationScoped
public class Voiding {

    private final Voids voids;
    private final Retraction retraction;
    private final Evaluation evaluation;
    private final Streams streams;

    Voiding(Voids voids, Retraction retraction, Evaluation evaluation, Streams streams) {
        this.voids = voids;
        this.retraction = retraction;
        this.evaluation = evaluation;
        this.streams = streams;
    }

    @Transactional
    public Superseded voidAt(Indicator indicator, Instant at, String reason, String by) {
        Superseded voided = voids.voidAt(indicator, at, reason, by);
        retraction.heed(indicator, at);
        streams.tell(Streams.SERIES, "");
        return voided;
    }

    /** Nobody is told of what it would have meant: it is history by now. */
    @Transactional
    public Observation takeBack(Indicator indicator, Instant at) {
        Observation back = voids.takeBack(indicator, at);
        evaluation.pass(indicator);
        streams.tell(Streams.SERIES, "");
        return back;
    }
}

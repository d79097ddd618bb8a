package id.detak.page.shared;

import id.detak.series.SupersededObservation.Cause;
import id.detak.series.history.ObservationList.Supersession;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Text that explains why an observation was superseded.
 *
 * @param text the reason, the time, and who voided it
 */
public record CorrectionNote(Cause cause, String text) {

    public static CorrectionNote of(Visitor visitor, Supersession correction) {
        String reason = correction.cause() == Cause.VOID
                ? correction.reason()
                : visitor.chartMessages().parsedDifferently();
        return new CorrectionNote(
                correction.cause(),
                Stream.of(reason, visitor.formats().time(correction.at().toInstant()), correction.by())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" · ")));
    }
}

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
public record SupersededNote(Cause cause, String text) {

    public static SupersededNote of(Visitor visitor, Supersession supersession) {
        String reason = supersession.cause() == Cause.VOID
                ? supersession.reason()
                : visitor.chartMessages().parsedDifferently();
        return new SupersededNote(
                supersession.cause(),
                Stream.of(reason, visitor.formats().time(supersession.at().toInstant()), supersession.by())
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" · ")));
    }
}

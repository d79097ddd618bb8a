package id.detak.page.shared;

import id.detak.series.SupersededObservation.Cause;
import id.detak.series.history.ObservationList.Correction;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why a number counts no more, as a reader sees it.
 *
 * @param said the reason, since when, and who says so
 */
public record CorrectionNote(Cause cause, String said) {

    public static CorrectionNote of(Visitor visitor, Correction correction) {
        String why = correction.cause() == Cause.VOID ? correction.reason() : visitor.chartWords().readOtherwise();
        return new CorrectionNote(correction.cause(), Stream.of(why, visitor.formats().time(correction.at().toInstant()), correction.by()).filter(Objects::nonNull)
                .collect(Collectors.joining(" · ")));
    }
}

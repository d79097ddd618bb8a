package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.platform.Wib;
import id.detak.series.Interval;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A history as columns of equal length.
 *
 * @param unit of open, high, low and close: {@code points}, {@code IDR}, {@code percent}, {@code index}, {@code log},
 *     or empty where unknown
 * @param timezone of the trading days
 * @param transform the requested transform
 * @param aggregate the number of a bar in a plain series
 * @param suspect the suspect numbers; their raw points have no close, since a close is a trusted number at every
 *     interval
 * @param implied the implied closes among the raw points, calculated from a capture of the next trading day
 * @param voided voided numbers, which are not among the points
 * @param conflicts later numbers that differ from a raw point
 * @param closeDifferences closes that a capture of the next trading day states differently
 * @param gaps times between points in which the market was open and nothing was observed; not in a plain series
 * @param prunedBefore the day before which only bars are kept, if the range starts earlier
 * @param levelChanges when the level changed, in epoch milliseconds; calculations start over there
 */
@Schema(name = "History")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HistoryResponse(
        String code,
        String measure,
        String interval,
        @JsonInclude String unit,
        String timezone,
        String transform,
        String aggregate,
        Points points,
        List<Suspect> suspect,
        List<Implied> implied,
        List<Voided> voided,
        List<Conflict> conflicts,
        List<CloseDifference> closeDifferences,
        List<Gap> gaps,
        LocalDate prunedBefore,
        List<Long> levelChanges) {

    static HistoryResponse of(
            HistoryQuery query,
            Interval interval,
            Points points,
            List<Suspect> suspect,
            List<Implied> implied,
            List<Voided> voided,
            List<Conflict> conflicts,
            List<CloseDifference> closeDifferences,
            List<Gap> gaps) {
        return new HistoryResponse(
                query.indicator().code(),
                query.measure().word(),
                interval.word(),
                query.unit(),
                Wib.ZONE.getId(),
                query.transform() == null ? null : query.transform().word(),
                query.isPlain() && interval != Interval.RAW
                        ? query.aggregateOrLast().word()
                        : null,
                points,
                suspect,
                implied,
                voided,
                conflicts,
                closeDifferences,
                gaps,
                query.prunedBefore(),
                List.of());
    }

    HistoryResponse withLevelChanges(List<Long> changes) {
        return new HistoryResponse(
                code,
                measure,
                interval,
                unit,
                timezone,
                transform,
                aggregate,
                points,
                suspect,
                implied,
                voided,
                conflicts,
                closeDifferences,
                gaps,
                prunedBefore,
                changes);
    }

    /**
     * A suspect number of the requested measure; the raw point at {@code t} has no close.
     *
     * @param reason why, null for an imported row that states its quality
     */
    @Schema(name = "SuspectPoint")
    @JsonInclude
    public record Suspect(long t, BigDecimal number, String reason, UUID captureId) {}

    /** @param captureId the capture that implies it, null for an imported row */
    @Schema(name = "ImpliedPoint")
    @JsonInclude
    public record Implied(long t, UUID captureId) {}

    /**
     * A number that is wrong at the source.
     *
     * @param number of the requested measure
     * @param captureId its capture, null for an imported row
     */
    @Schema(name = "VoidedPoint")
    @JsonInclude
    public record Voided(long t, BigDecimal number, String reason, OffsetDateTime voidedAt, UUID captureId) {}

    /** @param captureId the capture of the other number, null if it came from {@code file} */
    @Schema(name = "ConflictingPoint")
    @JsonInclude
    public record Conflict(
            long t, BigDecimal value, BigDecimal change, BigDecimal changePercent, UUID captureId, String file) {}

    /**
     * Proof of a missed move or of a wrong number.
     *
     * @param tradingDay the day of the close
     * @param close the stored close
     * @param closeCaptureId its capture, null for an imported row
     * @param stated value minus change of the next trading day
     * @param statedCaptureId its capture
     */
    @Schema(name = "CloseDifference")
    @JsonInclude
    public record CloseDifference(
            LocalDate tradingDay, BigDecimal close, UUID closeCaptureId, BigDecimal stated, UUID statedCaptureId) {}

    /** From one moment to another, in epoch milliseconds. */
    @Schema(name = "Gap")
    public record Gap(long from, long to) {}

    /**
     * {@code t}: epoch milliseconds, the start of a bar (00:00 WIB of its first day, or the hour). {@code count}:
     * number of observations; 0 for an implied close. A null close in a return index is a trading day without
     * observations, among raw points a suspect number. Plain series and raw points only have {@code t}, {@code close}
     * and {@code count}.
     */
    @Schema(name = "Points")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Points(
            List<Long> t,
            List<BigDecimal> open,
            List<BigDecimal> high,
            List<BigDecimal> low,
            List<BigDecimal> close,
            List<Integer> count) {

        static Points plain() {
            return new Points(new ArrayList<>(), null, null, null, new ArrayList<>(), new ArrayList<>());
        }

        static Points bars(List<Point> bars) {
            Points points = new Points(
                    new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()));
            for (Point bar : bars) {
                points.add(bar.t(), bar.close(), bar.count());
                points.open.add(bar.open());
                points.high.add(bar.high());
                points.low.add(bar.low());
            }
            return points;
        }

        void add(long at, BigDecimal number, int observations) {
            t.add(at);
            close.add(number);
            count.add(observations);
        }
    }
}

package id.detak.series.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.indicator.TradingCalendar;
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
 * @param unit of open, high, low and close: {@code points}, {@code IDR}, {@code percent}, {@code index}, {@code log}, or empty where unknown
 * @param timezone of the days that bars go by
 * @param transform what was made of the numbers, where asked for
 * @param aggregate what stands for a bar, where a plain series was asked for
 * @param suspect the points among the raw ones that are not trusted
 * @param implied the points among the raw ones that nobody observed: closes told by a capture of the next trading day
 * @param voided numbers that a hand took out of all this, beside the raw points
 * @param conflicts numbers that contradict raw ones which stand, since they came first
 * @param closeDifferences closes that a capture of the next trading day states otherwise
 * @param gaps stretches between points in which the market was open and nobody looked; not of a plain series
 * @param prunedBefore the day before which single observations are no longer kept, bars alone, where the range reaches back beyond it
 */
@Schema(name = "History")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record HistoryResponse(String code, String measure, String interval, @JsonInclude String unit, String timezone, String transform, String aggregate,
        Points points, List<Suspect> suspect, List<Implied> implied, List<Voided> voided, List<Conflict> conflicts, List<CloseDifference> closeDifferences, List<Gap> gaps,
        LocalDate prunedBefore) {

    static HistoryResponse of(HistoryQuery query, Interval interval, Points points, List<Suspect> suspect, List<Implied> implied, List<Voided> voided, List<Conflict> conflicts,
            List<CloseDifference> closeDifferences, List<Gap> gaps) {
        return new HistoryResponse(query.indicator().code(), query.measure().word(), interval.word(), query.unit(), TradingCalendar.ZONE.getId(),
                query.transform() == null ? null : query.transform().word(),
                query.isPlain() && interval != Interval.RAW ? query.aggregateOrLast().word() : null, points, suspect, implied, voided, conflicts, closeDifferences, gaps,
                query.prunedBefore());
    }

    /** A point that is kept and shown, but not trusted. {@code reason}: {@code check-failed} or {@code market-closed}, null where a file said so. */
    @Schema(name = "SuspectPoint")
    @JsonInclude
    public record Suspect(long t, String reason, UUID captureId) {
    }

    /** @param captureId the capture that tells it, null where a file said so */
    @Schema(name = "ImpliedPoint")
    @JsonInclude
    public record Implied(long t, UUID captureId) {
    }

    /**
     * A number that is wrong at the source.
     *
     * @param number of the measure asked for
     * @param captureId where it came from, null for a row of a file
     */
    @Schema(name = "VoidedPoint")
    @JsonInclude
    public record Voided(long t, BigDecimal number, String reason, OffsetDateTime voidedAt, UUID captureId) {
    }

    /** @param captureId where the other number came from, null where that was the {@code file} */
    @Schema(name = "ConflictingPoint")
    @JsonInclude
    public record Conflict(long t, BigDecimal value, BigDecimal change, BigDecimal changePercent, UUID captureId, String file) {
    }

    /**
     * Proof of a missed move, or of a wrong number.
     *
     * @param tradingDay the day of the close
     * @param close what is stored
     * @param closeCaptureId where that came from, null for a row of a file
     * @param stated value less change of the next trading day
     * @param statedCaptureId where that came from
     */
    @Schema(name = "CloseDifference")
    @JsonInclude
    public record CloseDifference(LocalDate tradingDay, BigDecimal close, UUID closeCaptureId, BigDecimal stated, UUID statedCaptureId) {
    }

    /** From one moment to another, in epoch milliseconds. */
    @Schema(name = "Gap")
    public record Gap(long from, long to) {
    }

    /**
     * {@code t}: epoch milliseconds; of a bar its start (00:00 WIB of its first day, or the hour's). {@code count}: how many
     * observations; 0 for an implied close. A null close in a return index is a trading day that nobody observed. A plain
     * series and raw points have {@code t}, {@code close} and {@code count} alone.
     */
    @Schema(name = "Points")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Points(List<Long> t, List<BigDecimal> open, List<BigDecimal> high, List<BigDecimal> low, List<BigDecimal> close, List<Integer> count) {

        static Points plain() {
            return new Points(new ArrayList<>(), null, null, null, new ArrayList<>(), new ArrayList<>());
        }

        static Points bars(List<Point> bars) {
            Points points = new Points(new ArrayList<>(bars.size()), new ArrayList<>(bars.size()), new ArrayList<>(bars.size()), new ArrayList<>(bars.size()),
                    new ArrayList<>(bars.size()), new ArrayList<>(bars.size()));
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

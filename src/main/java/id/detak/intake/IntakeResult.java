package id.detak.intake;

import id.detak.capture.Capture;
import id.detak.series.RecordCounts;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import java.util.List;

/** The stored capture of a page and the result for each of its quotes. */
public record IntakeResult(Capture capture, List<Recorded> recorded) {

    public boolean broughtStrip() {
        return capture.outcome().broughtStrip();
    }

    public long count(Result result) {
        return recorded.stream().filter(r -> r.result() == result).count();
    }

    /** Pieces that the parser did not understand count as refused. */
    public RecordCounts tally() {
        return new RecordCounts(
                count(Result.NEW) + count(Result.OTHER_SOURCE),
                count(Result.SAME),
                count(Result.CONFLICTING),
                capture.unknown().size() + count(Result.PRUNED));
    }

    public String summary() {
        return tally().summary();
    }
}

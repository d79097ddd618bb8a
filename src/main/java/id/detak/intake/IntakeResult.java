package id.detak.intake;

import id.detak.capture.Capture;
import id.detak.series.RecordCounts;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import java.util.List;

/** What came of a page. */
public record IntakeResult(Capture capture, List<Recorded> recorded) {

    public boolean broughtStrip() {
        return capture.outcome().broughtStrip();
    }

    public long count(Result result) {
        return recorded.stream().filter(r -> r.result() == result).count();
    }

    /** Refused is what was not understood. */
    public RecordCounts tally() {
        return new RecordCounts(count(Result.NEW), count(Result.SAME), count(Result.CONFLICTING), capture.unknown().size() + count(Result.PRUNED));
    }

    public String summary() {
        return tally().summary();
    }
}

package id.detak.intake;

import id.detak.capture.Capture;
import id.detak.series.Recorder.Recorded;
import id.detak.series.Recorder.Result;
import java.util.List;

/** What came of a page. */
public record Receipt(Capture capture, List<Recorded> recorded) {

    public boolean broughtStrip() {
        return capture.outcome().broughtStrip();
    }

    public long count(Result result) {
        return recorded.stream().filter(r -> r.result() == result).count();
    }

    /** {@code read 5, new 5, same 0, conflicting 0, refused 0}; refused is what was not understood. */
    public String summary() {
        return summary(List.of(this));
    }

    public static String summary(List<Receipt> receipts) {
        return "read %d, new %d, same %d, conflicting %d, refused %d".formatted(
                receipts.stream().mapToInt(r -> r.recorded().size()).sum(), total(receipts, Result.NEW), total(receipts, Result.SAME),
                total(receipts, Result.CONFLICTING), receipts.stream().mapToInt(r -> r.capture().unknown().size()).sum());
    }

    private static long total(List<Receipt> receipts, Result result) {
        return receipts.stream().mapToLong(r -> r.count(result)).sum();
    }
}

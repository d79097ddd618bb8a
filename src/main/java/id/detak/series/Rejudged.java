package id.detak.series;

/** A stored observation whose verdict changed, because an earlier one was recorded, corrected or voided. */
public record Rejudged(Observation before, Observation now) {

    public boolean isTrustedNow() {
        return !before.isTrusted() && now.isTrusted();
    }

    public boolean isSuspectNow() {
        return before.isTrusted() && now.isSuspect();
    }
}

package id.detak.intake.spool;

import id.detak.intake.spool.SpooledAttempt.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Chooses which attempts of a source to discard when the spool is full: those closest to each other, so that the whole
 * outage stays covered. Pages go first, beginning with those that the fewest unchanged attempts refer to; then small
 * records. Records of losses are merged when they take a considerable part of the room. The first attempt, the last
 * attempt and the newest page are never discarded.
 */
final class SpoolThinning {

    private static final int MAX_SHARE_OF_LOSSES = 8;

    private final List<SpooledAttempt> all;

    /** @param all the attempts of one source, oldest first */
    SpoolThinning(List<SpooledAttempt> all) {
        this.all = all;
    }

    /**
     * The attempts to replace by records of their loss; empty if nothing can be discarded.
     *
     * @param together whether one record replaces all of them
     */
    record Victims(List<SpooledAttempt> spooled, boolean together) {}

    Victims choose() {
        List<SpooledAttempt> losses = closestLosses();
        List<SpooledAttempt> page = leastPage();
        if (!page.isEmpty() && (losses.isEmpty() || bytes(Kind.LOST) * MAX_SHARE_OF_LOSSES < bytes(Kind.PAGE))) {
            return new Victims(page, false);
        }
        return losses.isEmpty()
                ? new Victims(leastOf(inner().filter(i -> all.get(i).kind() != Kind.LOST)), false)
                : new Victims(losses, true);
    }

    private long bytes(Kind kind) {
        return all.stream()
                .filter(spooled -> spooled.kind() == kind)
                .mapToLong(SpooledAttempt::bytes)
                .sum();
    }

    private List<SpooledAttempt> leastPage() {
        Map<UUID, Integer> references = new HashMap<>();
        all.stream()
                .filter(spooled -> spooled.kind() == Kind.UNCHANGED)
                .forEach(spooled -> references.merge(spooled.capture(), 1, Integer::sum));
        int newest = IntStream.range(0, all.size()).filter(this::isPage).max().orElse(-1);
        return inner().filter(i -> i != newest && isPage(i))
                .boxed()
                .min(Comparator.<Integer>comparingInt(
                                i -> references.getOrDefault(all.get(i).capture(), 0))
                        .thenComparing(this::gapWithout))
                .map(i -> withReferences(all.get(i)))
                .orElse(List.of());
    }

    private List<SpooledAttempt> withReferences(SpooledAttempt page) {
        List<SpooledAttempt> gone = new ArrayList<>(List.of(page));
        all.stream()
                .filter(spooled ->
                        spooled.kind() == Kind.UNCHANGED && page.capture().equals(spooled.capture()))
                .forEach(gone::add);
        return gone;
    }

    private List<SpooledAttempt> closestLosses() {
        return IntStream.range(1, Math.max(1, all.size() - 1))
                .filter(i -> all.get(i).kind() == Kind.LOST && all.get(i - 1).kind() == Kind.LOST)
                .boxed()
                .min(Comparator.comparing(i ->
                        Duration.between(all.get(i - 1).observedAt(), all.get(i).observedAt())))
                .map(i -> List.of(all.get(i - 1), all.get(i)))
                .orElse(List.of());
    }

    private List<SpooledAttempt> leastOf(IntStream candidates) {
        return candidates
                .boxed()
                .min(Comparator.comparing(this::gapWithout))
                .map(i -> List.of(all.get(i)))
                .orElse(List.of());
    }

    private IntStream inner() {
        return IntStream.range(1, Math.max(1, all.size() - 1));
    }

    private boolean isPage(int i) {
        return all.get(i).kind() == Kind.PAGE;
    }

    private Duration gapWithout(int i) {
        return Duration.between(all.get(i - 1).observedAt(), all.get(i + 1).observedAt());
    }
}

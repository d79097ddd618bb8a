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
 * Chooses what of a source's attempts is given up when the spool is full: where they stand closest, so that the outage stays
 * covered from its beginning to its end. Pages go first, of those the ones that fewest others stand on; then small records. What
 * was given up is told of together as soon as that takes a part of the room. The first, the last and the newest page are never
 * given up.
 */
final class SpoolThinning {

    private static final int LARGEST_PART_OF_LOST = 8;

    private final List<SpooledAttempt> all;

    /** @param all of one source, oldest first */
    SpoolThinning(List<SpooledAttempt> all) {
        this.all = all;
    }

    /** What is replaced by one record of what was lost; empty where there is nothing left to give up. All of them at once, if {@code together}. */
    record Victims(List<SpooledAttempt> spooled, boolean together) {
    }

    Victims choose() {
        List<SpooledAttempt> told = closestLost();
        List<SpooledAttempt> page = leastPage();
        if (!page.isEmpty() && (told.isEmpty() || bytes(Kind.LOST) * LARGEST_PART_OF_LOST < bytes(Kind.PAGE))) {
            return new Victims(page, false);
        }
        return told.isEmpty() ? new Victims(leastOf(inner().filter(i -> all.get(i).kind() != Kind.LOST)), false) : new Victims(told, true);
    }

    private long bytes(Kind kind) {
        return all.stream().filter(spooled -> spooled.kind() == kind).mapToLong(SpooledAttempt::bytes).sum();
    }

    private List<SpooledAttempt> leastPage() {
        Map<UUID, Integer> standOn = new HashMap<>();
        all.stream().filter(spooled -> spooled.kind() == Kind.UNCHANGED).forEach(spooled -> standOn.merge(spooled.capture(), 1, Integer::sum));
        int newest = IntStream.range(0, all.size()).filter(this::isPage).max().orElse(-1);
        return inner().filter(i -> i != newest && isPage(i)).boxed()
                .min(Comparator.<Integer>comparingInt(i -> standOn.getOrDefault(all.get(i).capture(), 0)).thenComparing(this::gapWithout))
                .map(i -> withThoseThatStandOn(all.get(i))).orElse(List.of());
    }

    private List<SpooledAttempt> withThoseThatStandOn(SpooledAttempt page) {
        List<SpooledAttempt> gone = new ArrayList<>(List.of(page));
        all.stream().filter(spooled -> spooled.kind() == Kind.UNCHANGED && page.capture().equals(spooled.capture())).forEach(gone::add);
        return gone;
    }

    private List<SpooledAttempt> closestLost() {
        return IntStream.range(1, Math.max(1, all.size() - 1)).filter(i -> all.get(i).kind() == Kind.LOST && all.get(i - 1).kind() == Kind.LOST).boxed()
                .min(Comparator.comparing(i -> Duration.between(all.get(i - 1).observedAt(), all.get(i).observedAt())))
                .map(i -> List.of(all.get(i - 1), all.get(i))).orElse(List.of());
    }

    private List<SpooledAttempt> leastOf(IntStream candidates) {
        return candidates.boxed().min(Comparator.comparing(this::gapWithout)).map(i -> List.of(all.get(i))).orElse(List.of());
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

package id.detak.intake;

import id.detak.strip.Quality;
import id.detak.strip.Quote;
import id.detak.strip.Strip;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a strip holds what those before it held: a layout that changes in part shows in what is missing, not understood or contradicts itself. */
final class StripComparison {

    /** From fewer nothing can be told. */
    private static final int FEWEST = 4;
    private static final int MOST_NAMED = 10;

    private StripComparison() {
    }

    /** @return what is worse than before, in a sentence */
    static Optional<String> complaint(Strip now, List<Strip> before) {
        if (before.size() < FEWEST) {
            return Optional.empty();
        }
        return Stream.of(missing(now, before), notUnderstood(now, before), contradicting(now, before)).flatMap(Optional::stream).reduce((a, b) -> a + " " + b);
    }

    private static Optional<String> missing(Strip now, List<Strip> before) {
        Map<String, Integer> times = new LinkedHashMap<>();
        before.forEach(strip -> strip.quotes().stream().map(Quote::code).distinct().forEach(code -> times.merge(code, 1, Integer::sum)));
        now.quotes().forEach(quote -> times.remove(quote.code()));
        List<String> missing = times.entrySet().stream().filter(entry -> entry.getValue() * 2 > before.size()).map(Map.Entry::getKey).sorted().toList();
        String named = missing.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")) + (missing.size() > MOST_NAMED ? ", …" : "");
        return missing.isEmpty() ? Optional.empty() : Optional.of("What most strips before held is missing: " + named + ".");
    }

    private static Optional<String> notUnderstood(Strip now, List<Strip> before) {
        int most = before.stream().map(strip -> strip.unknown().size()).max(Comparator.naturalOrder()).orElseThrow();
        int pieces = now.unknown().size();
        return pieces > 2 * most + 2 ? Optional.of(pieces + " pieces are not understood; before, " + most + " at most.") : Optional.empty();
    }

    private static Optional<String> contradicting(Strip now, List<Strip> before) {
        if (!mostContradict(now) || before.stream().anyMatch(StripComparison::mostContradict)) {
            return Optional.empty();
        }
        return Optional.of(contradicting(now) + " of " + now.quotes().size() + " quotes contradict themselves.");
    }

    private static boolean mostContradict(Strip strip) {
        return contradicting(strip) * 2 > strip.quotes().size();
    }

    private static long contradicting(Strip strip) {
        return strip.quotes().stream().filter(quote -> quote.quality() == Quality.SUSPECT).count();
    }
}

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

/**
 * Compares a strip with earlier ones of its source. A partly changed layout shows in missing, unknown or contradictory
 * pieces.
 */
final class StripComparison {

    /** Fewer strips prove nothing. */
    private static final int MIN_STRIPS = 4;

    private static final int MAX_LISTED = 10;

    private StripComparison() {}

    /** Returns a sentence about what the strip lacks compared with earlier ones. */
    static Optional<String> complaint(Strip now, List<Strip> before) {
        if (before.size() < MIN_STRIPS) {
            return Optional.empty();
        }
        return Stream.of(missing(now, before), notUnderstood(now, before), contradicting(now, before))
                .flatMap(Optional::stream)
                .reduce((a, b) -> a + " " + b);
    }

    private static Optional<String> missing(Strip now, List<Strip> before) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        before.forEach(strip -> strip.quotes().stream()
                .map(Quote::code)
                .distinct()
                .forEach(code -> counts.merge(code, 1, Integer::sum)));
        now.quotes().forEach(quote -> counts.remove(quote.code()));
        List<String> missing = counts.entrySet().stream()
                .filter(entry -> entry.getValue() * 2 > before.size())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        String listed = missing.stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
                + (missing.size() > MAX_LISTED ? ", …" : "");
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("Missing, though most strips before contained it: " + listed + ".");
    }

    private static Optional<String> notUnderstood(Strip now, List<Strip> before) {
        int max = before.stream()
                .map(strip -> strip.unknown().size())
                .max(Comparator.naturalOrder())
                .orElseThrow();
        int pieces = now.unknown().size();
        return pieces > 2 * max + 2
                ? Optional.of(pieces + " pieces could not be parsed; earlier pages had at most " + max + ".")
                : Optional.empty();
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
        return strip.quotes().stream()
                .filter(quote -> quote.quality() == Quality.SUSPECT)
                .count();
    }
}

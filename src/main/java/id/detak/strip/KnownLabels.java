package id.detak.strip;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds known labels in a text, ignoring case, and blanks and boundaries within them. */
final class KnownLabels {

    private final List<Compact> labels = new ArrayList<>();

    /**
     * A known label that ends before {@code end}. It is apart if it is followed by a gap or bullet, not directly by a
     * number.
     */
    record Match(String code, int decimals, int end, boolean apart) {}

    private record Compact(String letters, String code, int decimals) {}

    KnownLabels(Collection<KnownLabel> known) {
        for (KnownLabel label : known) {
            labels.add(new Compact(compact(label.label()), label.code(), label.decimals()));
        }
        labels.sort(Comparator.comparingInt((Compact label) -> label.letters.length())
                .reversed());
    }

    /** Returns all known labels that begin at {@code start}, longest first. */
    List<Match> at(String text, int start, int limit) {
        List<Match> found = new ArrayList<>(2);
        for (Compact label : labels) {
            int end = end(label.letters, text, start, limit);
            if (end >= 0 && !wordContinues(text, end, limit)) {
                boolean apart = end == limit
                        || StripCharacters.gap(text.charAt(end))
                        || StripCharacters.bullet(text.charAt(end))
                        || text.charAt(end) == StripCharacters.SECTION
                        || text.charAt(end) == ':';
                found.add(new Match(label.code, label.decimals, end, apart));
            }
        }
        return found;
    }

    /** Whether the text is a known label and nothing else. */
    boolean contains(String text) {
        String letters = compact(text);
        return labels.stream().anyMatch(label -> label.letters.equals(letters));
    }

    private static int end(String letters, String text, int start, int limit) {
        int i = start;
        for (int k = 0; k < letters.length(); k++) {
            if (k > 0 && i < limit && (text.charAt(i) == ' ' || text.charAt(i) == '\n')) {
                i++;
            }
            if (i >= limit || fold(text.charAt(i)) != letters.charAt(k)) {
                return -1;
            }
            i++;
        }
        return i;
    }

    private static boolean wordContinues(String text, int end, int limit) {
        return end < limit && Character.isLetter(text.charAt(end)) && NumberWords.unit(text, end, limit) == 0;
    }

    private static String compact(String label) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!Character.isWhitespace(c) && !Character.isSpaceChar(c)) {
                letters.append(fold(c));
            }
        }
        return letters.toString();
    }

    /** Converts single characters, so that no locale's rules for upper case apply. */
    private static char fold(char c) {
        return Character.toUpperCase(c);
    }
}

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
    record Match(String code, int decimals, boolean percentOnly, int end, boolean apart) {}

    private record Compact(String letters, String code, int decimals, boolean percentOnly) {}

    KnownLabels(Collection<KnownLabel> known) {
        for (KnownLabel label : known) {
            labels.add(new Compact(compact(label.label()), label.code(), label.decimals(), label.percentOnly()));
        }
        labels.sort(Comparator.comparingInt((Compact label) -> label.letters.length())
                .reversed());
    }

    /** Returns all known labels that begin at {@code start}, longest first. */
    List<Match> at(String text, int start, int limit) {
        return at(text, start, limit, false);
    }

    private List<Match> at(String text, int start, int limit, boolean wordMayContinue) {
        List<Match> found = new ArrayList<>(2);
        for (Compact label : labels) {
            int end = end(label.letters, text, start, limit);
            if (end >= 0 && (wordMayContinue || !wordContinues(text, end, limit))) {
                boolean apart = end == limit
                        || StripCharacters.gap(text.charAt(end))
                        || StripCharacters.bullet(text.charAt(end))
                        || text.charAt(end) == StripCharacters.SECTION
                        || text.charAt(end) == ':';
                found.add(new Match(label.code, label.decimals, label.percentOnly, end, apart));
            }
        }
        return found;
    }

    /** A label as the page shows it, in one line. */
    static String printed(String text, int start, int end) {
        return text.substring(start, end).replace('\n', ' ').replace(String.valueOf(StripCharacters.RAISED), "");
    }

    /** Whether the text is a known label and nothing else. */
    boolean contains(String text) {
        String label = text.strip();
        return at(label, 0, label.length()).stream().anyMatch(match -> match.end == label.length());
    }

    /**
     * Whether the unknown label from {@code start} to {@code end} is the beginning of a known one ("USD"), or a known
     * one begins within it ("IDX LQ45", "IDX/LQ45", "IDXLQ45", "SAHAM LQ45"): then it is no label of its own.
     *
     * @param limit the end of the piece; the known label may reach over what is taken for the end of the unknown one
     */
    boolean isCutOrRunTogether(String text, int start, int end, int limit) {
        if (isCut(compact(text.substring(start, end)))) {
            return true;
        }
        for (int i = start + 1; i < end; i++) {
            boolean word = !Character.isLetterOrDigit(text.charAt(i - 1));
            if (word && !at(text, i, limit).isEmpty()) {
                return true;
            }
        }
        return at(text, start, end, true).stream()
                .anyMatch(
                        first -> first.end < end && !at(text, first.end, limit).isEmpty());
    }

    /** The digits of "USD1" may be those of a value. Those of IDXV50 are not: it is not the beginning of IDXV30. */
    private boolean isCut(String letters) {
        int word = letters.length();
        while (word > 0 && StripCharacters.digit(letters.charAt(word - 1))) {
            word--;
        }
        String name = letters.substring(0, word);
        boolean known = labels.stream().anyMatch(label -> label.letters.equals(name));
        return labels.stream()
                .map(Compact::letters)
                .anyMatch(label -> isBeginning(letters, label)
                        || !known && isBeginning(name, label) && !StripCharacters.digit(label.charAt(name.length())));
    }

    private static boolean isBeginning(String letters, String label) {
        return label.length() > letters.length() && label.startsWith(letters);
    }

    private static int end(String letters, String text, int start, int limit) {
        int i = start;
        for (int k = 0; k < letters.length(); k++) {
            if (k > 0
                    && i < limit
                    && (text.charAt(i) == ' ' || text.charAt(i) == '\n' || text.charAt(i) == StripCharacters.RAISED)) {
                i++;
            }
            if (letters.charAt(k) == '/' && i < limit && isLetterOrDash(text.charAt(i))) {
                i += Character.isLetter(text.charAt(i)) ? 0 : 1; // USDIDR, USD-IDR, USD IDR
                continue;
            }
            if (i >= limit || fold(text.charAt(i)) != letters.charAt(k)) {
                return -1;
            }
            i++;
        }
        return i;
    }

    private static boolean isLetterOrDash(char c) {
        return Character.isLetter(c) || c == '-';
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

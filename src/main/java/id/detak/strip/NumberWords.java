package id.detak.strip;

import java.util.List;

/** The words that belong to a number: its currency before it; unit, multiplier and percent after it. */
final class NumberWords {

    /** What a word after a number means. */
    enum Meaning {
        UNIT,
        PERCENT,
        THOUSAND,
        MILLION
    }

    /** @param length of the word with the mark that belongs to it */
    record Word(Meaning meaning, int length) {}

    private record Entry(String word, Meaning meaning) {}

    /** Longer words before those with which they begin. */
    private static final List<Entry> AFTER = List.of(
            new Entry("%", Meaning.PERCENT),
            new Entry("persen", Meaning.PERCENT),
            new Entry("juta", Meaning.MILLION),
            new Entry("jt", Meaning.MILLION),
            new Entry("ribu", Meaning.THOUSAND),
            new Entry("rb", Meaning.THOUSAND),
            new Entry("poin", Meaning.UNIT),
            new Entry("points", Meaning.UNIT),
            new Entry("point", Meaning.UNIT),
            new Entry("pts", Meaning.UNIT),
            new Entry("per gram", Meaning.UNIT),
            new Entry("/gram", Meaning.UNIT),
            new Entry("/ gram", Meaning.UNIT),
            new Entry("/gr", Meaning.UNIT),
            new Entry("/g", Meaning.UNIT),
            new Entry("IDR", Meaning.UNIT));

    private NumberWords() {}

    /**
     * The length of "Rp", "Rp." or "IDR" at {@code i} as a currency, not as the beginning of a word; 0 if there is
     * none.
     */
    static int unit(String text, int i, int limit) {
        int length = text.startsWith("Rp", i) || text.startsWith("rp", i) ? 2 : text.startsWith("IDR", i) ? 3 : 0;
        if (length == 0 || i + length > limit) {
            return 0;
        }
        int end = i + length;
        if (end < limit && Character.isLetter(text.charAt(end))) {
            return 0;
        }
        return end < limit && length == 2 && text.charAt(end) == '.' ? 3 : length;
    }

    /** The word that follows a number at {@code i}; null if there is none. */
    static Word after(String text, int i, int limit) {
        for (Entry entry : AFTER) {
            int end = i + entry.word.length();
            if (end <= limit
                    && text.regionMatches(true, i, entry.word, 0, entry.word.length())
                    && (entry.meaning == Meaning.PERCENT && entry.word.length() == 1
                            || end == limit
                            || !Character.isLetterOrDigit(text.charAt(end)))) {
                return new Word(entry.meaning, entry.word.length());
            }
        }
        return null;
    }
}

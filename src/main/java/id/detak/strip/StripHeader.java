package id.detak.strip;

import java.time.LocalTime;
import java.util.Arrays;
import java.util.Optional;

/**
 * The header of a strip, {@code | : WIB | INDIKATOR |}: the word in a cell of its own, with a clock before it, which
 * may be blank or missing.
 *
 * @param start the offset of the clock, or of the word if there is no clock
 * @param wordEnd the offset after the word
 * @param hasClock whether there is a cell for the clock, possibly a blank one
 */
record StripHeader(int start, int wordEnd, boolean hasClock, LocalTime clock) {

    private static final String WORD = "INDIKATOR";
    private static final String[] SPELLINGS = {WORD, "Indikator", "indikator"};
    private static final int[] PLACES = places();
    private static final String ZONE = "WIB";
    /** The maximum number of separators between two cells of one header. */
    private static final int REACH = 8;

    /**
     * Returns the last offset in a page, including its markup, at which the word may be a cell of its own; -1 if there
     * is none. A word between other words, as in an article, does not count. Searching for one spelling after the other
     * is faster than for all at once, because the JVM compares many characters at a time.
     */
    static int lastWord(String page) {
        int last = -1;
        for (String spelling : SPELLINGS) {
            for (int i = page.indexOf(spelling); i >= 0; i = page.indexOf(spelling, i + WORD.length())) {
                if (mayBeCell(page, i)) {
                    last = Math.max(last, i);
                }
            }
        }
        return last >= 0 ? last : lastWordInAnySpelling(page);
    }

    private static int lastWordInAnySpelling(String page) {
        int last = -1;
        for (int i = word(page, 0); i >= 0; i = word(page, i + WORD.length())) {
            if (mayBeCell(page, i)) {
                last = i;
            }
        }
        return last;
    }

    private static boolean mayBeCell(String page, int word) {
        return !sentenceBefore(page, word) && !sentenceAfter(page, word + WORD.length());
    }

    private static boolean sentenceBefore(String page, int word) {
        int i = word > 1 && page.charAt(word - 1) == ' ' ? word - 2 : word - 1;
        return i >= 0 && asciiWord(page.charAt(i)) && page.charAt(i) != 'B' && page.charAt(i) != 'b';
    }

    private static boolean sentenceAfter(String page, int end) {
        int i = skipBlank(page, end);
        return i < page.length() && asciiWord(page.charAt(i));
    }

    private static boolean asciiWord(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }

    /** Returns the first header at or after {@code from}. */
    static Optional<StripHeader> next(String text, int from) {
        for (int i = word(text, from); i >= 0; i = word(text, i + WORD.length())) {
            if (endsCell(text, i + WORD.length())) {
                StripHeader header = at(text, i);
                if (header.hasClock || startsCell(text, i)) {
                    return Optional.of(header);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns the next offset of the word, or -1. Only every ninth character is checked, because one of them lies
     * within the word.
     */
    private static int word(String text, int from) {
        for (int i = from + WORD.length() - 1; i < text.length(); i += WORD.length()) {
            int letter = text.charAt(i) & ~0x20;
            int place = letter < PLACES.length ? PLACES[letter] : -1;
            if (place >= 0) {
                if (wordAt(text, i - place) && i - place >= from) {
                    return i - place;
                }
                if (place > 0 && letter == WORD.charAt(0) && wordAt(text, i)) {
                    return i;
                }
            }
        }
        return -1;
    }

    private static boolean wordAt(String text, int start) {
        return start >= 0
                && start + WORD.length() <= text.length()
                && (text.charAt(start + 1) & ~0x20) == WORD.charAt(1)
                && text.regionMatches(true, start, WORD, 0, WORD.length());
    }

    /** The last position of each letter in the word. */
    private static int[] places() {
        int[] places = new int[128];
        Arrays.fill(places, -1);
        for (int i = 0; i < WORD.length(); i++) {
            places[WORD.charAt(i)] = i;
        }
        return places;
    }

    private static boolean endsCell(String text, int end) {
        int next = skipBlank(text, end);
        return next == text.length()
                || StripCharacters.lineBreak(text.charAt(next))
                || text.charAt(next) == ':'
                || StripCharacters.bullet(text.charAt(next));
    }

    private static boolean startsCell(String text, int start) {
        int before = start > 0 && text.charAt(start - 1) == ' ' ? start - 2 : start - 1;
        return before < 0 || StripCharacters.lineBreak(text.charAt(before));
    }

    private static StripHeader at(String text, int word) {
        int wordEnd = word + WORD.length();
        int zoneEnd = backOverGaps(text, word);
        int zone = zoneEnd - ZONE.length();
        if (zone < 0 || !text.regionMatches(true, zone, ZONE, 0, ZONE.length())) {
            return new StripHeader(word, wordEnd, false, null);
        }
        boolean apart = zone > 0 && (text.charAt(zone - 1) == ' ' || text.charAt(zone - 1) == '\n');
        int timeEnd = apart ? zone - 1 : zone;
        int time = timeEnd;
        while (time > 0 && timeEnd - time < REACH && timeCharacter(text.charAt(time - 1))) {
            time--;
        }
        String printed = text.substring(time, timeEnd);
        LocalTime clock = clock(printed);
        int start = clock != null || printed.equals(":") ? time : zone;
        if (!alone(text, start)) {
            return new StripHeader(word, wordEnd, false, null);
        }
        return new StripHeader(start, wordEnd, true, clock);
    }

    /**
     * Whether the clock is not part of an article's date line, "Senin, 01 Maret 2021 / 19:10 WIB", even with a tag in
     * the middle.
     */
    private static boolean alone(String text, int start) {
        if (!startsCell(text, start)) {
            return false;
        }
        if (start > 1 && text.charAt(start - 2) == '\n') {
            return true;
        }
        int before = backOverGaps(text, start) - 1;
        return before < 0 || text.charAt(before) != '/' && text.charAt(before) != ',';
    }

    /** Returns the printed time, or null if there is only a colon. */
    private static LocalTime clock(String printed) {
        int[] parts = new int[3];
        int part = 0;
        int digits = 0;
        for (int i = 0; i < printed.length(); i++) {
            char c = printed.charAt(i);
            if (StripCharacters.digit(c)) {
                parts[part] = parts[part] * 10 + c - '0';
                digits++;
            } else {
                part++;
                if (digits == 0 || part == parts.length) {
                    return null;
                }
                digits = 0;
            }
            if (digits > 2) {
                return null;
            }
        }
        boolean complete = part > 0 && digits == 2 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
        return complete ? LocalTime.of(parts[0], parts[1], parts[2]) : null;
    }

    private static boolean timeCharacter(char c) {
        return StripCharacters.digit(c) || c == ':' || c == '.';
    }

    private static int backOverGaps(String text, int from) {
        int i = from;
        while (i > 0 && from - i < REACH && StripCharacters.gap(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static int skipBlank(String text, int from) {
        return from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
    }
}

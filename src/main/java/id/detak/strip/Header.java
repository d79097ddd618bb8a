package id.detak.strip;

import java.time.LocalTime;
import java.util.Optional;

/**
 * The head of a strip, {@code | : WIB | INDIKATOR |}: the word in a cell of its own, with the clock before it, blank
 * or not, or without any.
 *
 * @param start    where the clock begins, or the word if there is no clock
 * @param wordEnd  behind the word
 * @param hasClock whether there is a cell for the clock, even a blank one
 */
record Header(int start, int wordEnd, boolean hasClock, LocalTime clock) {

    private static final String WORD = "INDIKATOR";
    private static final String ZONE = "WIB";
    /** More separators than this do not stand between two cells of one header. */
    private static final int REACH = 8;

    /** The first header at or behind {@code from}. */
    static Optional<Header> next(String text, int from) {
        for (int i = from; i + WORD.length() <= text.length(); i++) {
            char c = text.charAt(i);
            if ((c == 'I' || c == 'i') && text.regionMatches(true, i, WORD, 0, WORD.length())
                    && endsCell(text, i + WORD.length())) {
                Header header = at(text, i);
                if (header.hasClock || startsCell(text, i)) {
                    return Optional.of(header);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean endsCell(String text, int end) {
        int next = skipBlank(text, end);
        return next == text.length() || Marks.lineBreak(text.charAt(next)) || text.charAt(next) == ':'
                || Marks.bullet(text.charAt(next));
    }

    private static boolean startsCell(String text, int start) {
        int before = start > 0 && text.charAt(start - 1) == ' ' ? start - 2 : start - 1;
        return before < 0 || Marks.lineBreak(text.charAt(before));
    }

    private static Header at(String text, int word) {
        int wordEnd = word + WORD.length();
        int zoneEnd = backOverGaps(text, word);
        int zone = zoneEnd - ZONE.length();
        if (zone < 0 || !text.regionMatches(true, zone, ZONE, 0, ZONE.length())) {
            return new Header(word, wordEnd, false, null);
        }
        int timeEnd = zone;
        while (timeEnd > 0 && zone - timeEnd < 2 && (text.charAt(timeEnd - 1) == ' ' || text.charAt(timeEnd - 1) == '\n')) {
            timeEnd--;
        }
        int time = timeEnd;
        while (time > 0 && timeEnd - time < REACH && timeCharacter(text.charAt(time - 1))) {
            time--;
        }
        int start = time == timeEnd ? zone : time;
        if (!alone(text, start)) {
            return new Header(word, wordEnd, false, null);
        }
        return new Header(start, wordEnd, true, clock(text.substring(time, timeEnd)));
    }

    /** An article's date line, "Senin, 01 Maret 2021 / 19:10 WIB", is no clock, even if a tag stands in its middle. */
    private static boolean alone(String text, int start) {
        if (!startsCell(text, start)) {
            return false;
        }
        int before = backOverGaps(text, start) - 1;
        return before < 0 || text.charAt(before) != '/' && text.charAt(before) != ',';
    }

    /** The time printed, or null where nothing but a colon stands in its place. */
    private static LocalTime clock(String printed) {
        int[] parts = new int[3];
        int part = 0;
        int digits = 0;
        for (int i = 0; i < printed.length(); i++) {
            char c = printed.charAt(i);
            if (Marks.digit(c)) {
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
        boolean whole = part > 0 && digits == 2 && parts[0] < 24 && parts[1] < 60 && parts[2] < 60;
        return whole ? LocalTime.of(parts[0], parts[1], parts[2]) : null;
    }

    private static boolean timeCharacter(char c) {
        return Marks.digit(c) || c == ':' || c == '.';
    }

    private static int backOverGaps(String text, int from) {
        int i = from;
        while (i > 0 && from - i < REACH && Marks.gap(text.charAt(i - 1))) {
            i--;
        }
        return i;
    }

    private static int skipBlank(String text, int from) {
        return from < text.length() && text.charAt(from) == ' ' ? from + 1 : from;
    }
}

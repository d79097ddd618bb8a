package id.detak.strip;

import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a strip, {@code | : WIB | INDIKATOR |}: one of the known headings in a cell of its own, with a clock
 * before or behind it, which may be blank or missing.
 *
 * @param start the offset of the clock, or of the heading if there is no clock
 * @param end the offset of what follows: the first item
 * @param strong whether only a strip has this header: it has a cell for the clock, possibly a blank one, or the source
 *     names it
 * @param colon whether the cell of the clock has only its colon
 */
record StripHeader(int start, int end, boolean strong, boolean colon, LocalTime clock) {

    private static final String HEADINGS =
            "INDIKATOR(?: (?:PASAR|EKONOMI|UTAMA|SAHAM|BURSA|KEUANGAN|HARI INI|DAN|&)){0,4}|DATA (?:PASAR|BURSA)(?: HARI INI)?"
                    + "|PASAR(?: HARI INI)?|MARKETS?(?: DATA| INDICATORS?)?";
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final Pattern KNOWN = Pattern.compile("(?<![\\p{L}\\d])(?:" + HEADINGS + ")(?![\\p{L}\\d])", FLAGS);
    private static final Pattern WITH_CLOCK =
            Pattern.compile("(?:(?:\\d{1,2}[.:]\\d{2})?|:) ?WIB[ |]*(?:" + HEADINGS + ")", FLAGS);
    private static final String WEEKDAYS =
            "Senin|Selasa|Rabu|Kamis|Jum['\u2019]?at|Sabtu|Minggu|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
                    + "|Mon|Tue|Wed|Thu|Fri|Sat|Sun";
    /** A clock, a date, a link or a note in brackets behind the heading. */
    private static final Pattern BEHIND = Pattern.compile(
            "\\(?(?:(?<hour>\\d{1,2})[.:](?<minute>\\d{2})(?:[.:](?<second>\\d{2}))?(?: ?WI(?:B|TA|T))?(?![\\d.,%])"
                    + "|(?:" + Prose.DATE + ")(?:,? (?:pukul|jam)(?!\\p{L}))?|(?:" + WEEKDAYS + ")(?!\\p{L})"
                    + "|(?:Selengkapnya|Lihat (?:semua|lainnya|selengkapnya)|Lainnya|Selanjutnya"
                    + "|See (?:all|more)|View all|More)(?!\\p{L})"
                    + "|\\([^()%\n|]{1,50}\\)"
                    + "|(?:WIB|(?:last )?update[ds]?|(?:terakhir )?diperbarui|per|pada|tanggal|tgl|as of|at)(?!\\p{L})"
                    + "|[»›>:/,…▼▲\u00B1]|\\.\\.\\.)\\)?",
            FLAGS);

    private static final int MAX_BEHIND = 8;
    /** Of a piece between a heading and the first item on its line. */
    private static final int MAX_ODD_LENGTH = 60;

    private static final String ZONE = "WIB";
    /** The maximum number of separators between two cells of one header. */
    private static final int REACH = 8;

    /** Whether a text is one of the known headings. */
    static boolean isHeading(String text) {
        return KNOWN.matcher(text.strip()).matches();
    }

    /** Whether a text is one of the known headings with its clock, which may be blank. */
    static boolean isHeader(String text) {
        return WITH_CLOCK.matcher(text.strip()).matches();
    }

    /** Whether a script fills in its clock. An article that quotes a strip would quote the time, too. */
    boolean hasBlankClock() {
        return colon && clock == null;
    }

    /** This header as the second line of another one. */
    StripHeader after(StripHeader first) {
        return new StripHeader(
                first.start,
                end,
                first.strong || strong,
                first.colon || colon,
                first.clock != null ? first.clock : clock);
    }

    /** Finds the headers of a text one after the other. */
    static final class Finder {
        private final String text;
        private final KnownLabels labels;
        private final Matcher known;
        private final Matcher named;
        private boolean moreKnown;
        private boolean moreNamed;

        /** @param heading the heading that the source names, or null */
        Finder(String text, KnownLabels labels, String heading) {
            this.text = text;
            this.labels = labels;
            this.known = KNOWN.matcher(text);
            this.named = heading == null ? null : named(heading).matcher(text);
            this.moreKnown = known.find();
            this.moreNamed = named != null && named.find();
        }

        private static Pattern named(String heading) {
            return Pattern.compile(Pattern.quote(heading).replace(" ", "\\E[ \\n|]\\Q"), FLAGS);
        }

        /** The next header, or null. */
        StripHeader next() {
            while (moreKnown || moreNamed) {
                boolean isNamed = moreNamed && (!moreKnown || named.start() <= known.start());
                Matcher found = isNamed ? named : known;
                int start = found.start();
                int end = found.end();
                if (isNamed) {
                    moreNamed = named.find();
                } else {
                    moreKnown = known.find();
                }
                StripHeader header = isNamed ? named(start, end) : known(start, end);
                if (header != null) {
                    return header;
                }
            }
            return null;
        }

        private StripHeader named(int start, int end) {
            return behind(new StripHeader(start, end, true, false, null));
        }

        private StripHeader known(int start, int end) {
            StripHeader header = before(text, start, end);
            if (!header.strong && !startsCell(text, start)) {
                return null;
            }
            StripHeader complete = behind(header);
            boolean sure = header.strong || text.substring(start, end).chars().noneMatch(Character::isLowerCase);
            if (endsCell(complete.end) || sure && isLineOfItems(complete.end)) {
                return complete;
            }
            return endsCell(end) ? header : null;
        }

        /** Skips what stands between the heading and the first item. */
        private StripHeader behind(StripHeader header) {
            Matcher behind = BEHIND.matcher(text);
            LocalTime clock = header.clock;
            int at = header.end;
            for (int i = 0; i < MAX_BEHIND; i++) {
                int next = skipGaps(at);
                if (!behind.region(next, Math.min(text.length(), next + 60)).lookingAt()) {
                    break;
                }
                if (behind.group("hour") != null && clock == null) {
                    clock = time(behind.group("hour"), behind.group("minute"), behind.group("second"));
                }
                at = behind.end();
            }
            int next = skipGaps(at);
            boolean dash = next < text.length() && next > at && StripCharacters.minus(text.charAt(next));
            return new StripHeader(header.start, dash ? next + 1 : at, header.strong, header.colon, clock);
        }

        private boolean endsCell(int end) {
            int next = skipBlank(text, end);
            return next == text.length()
                    || StripCharacters.lineBreak(text.charAt(next))
                    || StripCharacters.bullet(text.charAt(next))
                    || text.charAt(next) == StripCharacters.SECTION
                    || !labels.at(text, next, text.length()).isEmpty();
        }

        /** Whether a known label follows on the line of the heading, behind something else. */
        private boolean isLineOfItems(int end) {
            int stop = Math.min(text.length(), end + MAX_ODD_LENGTH);
            for (int i = end; i < stop && text.charAt(i) != '\n'; i++) {
                if (StripCharacters.gap(text.charAt(i))
                        && !labels.at(text, i + 1, text.length()).isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        private int skipGaps(int from) {
            int i = from;
            while (i < text.length() && i - from < REACH && StripCharacters.gap(text.charAt(i))) {
                i++;
            }
            return i;
        }
    }

    private static LocalTime time(String hour, String minute, String second) {
        int h = Integer.parseInt(hour);
        int m = Integer.parseInt(minute);
        int s = second == null ? 0 : Integer.parseInt(second);
        return h < 24 && m < 60 && s < 60 ? LocalTime.of(h, m, s) : null;
    }

    /** A pictogram before the heading, such as that of a chart, became an arrow. */
    private static boolean startsCell(String text, int start) {
        int before = start > 0 && text.charAt(start - 1) == ' ' ? start - 2 : start - 1;
        if (before >= 0 && StripCharacters.arrow(text.charAt(before)) != 0) {
            before--;
        }
        return before < 0
                || StripCharacters.lineBreak(text.charAt(before))
                || StripCharacters.bullet(text.charAt(before))
                || text.charAt(before) == StripCharacters.SECTION;
    }

    private static StripHeader before(String text, int word, int wordEnd) {
        int zoneEnd = backOverGaps(text, word);
        int zone = zoneEnd - ZONE.length();
        if (zone < 0 || !text.regionMatches(true, zone, ZONE, 0, ZONE.length())) {
            return new StripHeader(word, wordEnd, false, false, null);
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
            return new StripHeader(word, wordEnd, false, false, null);
        }
        return new StripHeader(start, wordEnd, true, printed.equals(":"), clock);
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
        Matcher time =
                Pattern.compile("(\\d{1,2})[.:](\\d{2})(?:[.:](\\d{2}))?").matcher(printed);
        return time.matches() ? time(time.group(1), time.group(2), time.group(3)) : null;
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

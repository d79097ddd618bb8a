package id.detak.strip;

import id.detak.strip.PieceScanner.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds where in a piece the label ends and the numbers begin. If a text can be cut in several ways, the check of the
 * quote decides: {@code IDX30427 -6,80 -1,57%} is IDX30 at 427, because IDX at 30.427 would have changed by 0,02 %.
 */
final class LabelCuts {

    private static final int MAX_LABEL_LENGTH = 40;
    private static final int MAX_WORDS = 6;
    /** So far, labels end with at most three digits: KOMPAS100. */
    private static final int MAX_LABEL_DIGITS = 3;

    /** Words behind a label that are no part of it: a number is missing, or the state of the market. */
    private static final Set<String> NOTES = Set.of(
            "N/A",
            "NA",
            "N.A",
            "TBA",
            "NULL",
            "NAN",
            "UNDEFINED",
            "NIHIL",
            "TUTUP",
            "BUKA",
            "CLOSE",
            "CLOSED",
            "OPEN",
            "LIVE",
            "DELAY",
            "DELAYED",
            "TERTUNDA",
            "TUNDA",
            "BARU",
            "NEW",
            "TERAKHIR",
            "LAST");

    /** They state the sign of the numbers behind a label. Other such words, as PLUS, are parts of names. */
    private static final Set<String> VERBS = Set.of(
            "TURUN",
            "NAIK",
            "MELEMAH",
            "MENGUAT",
            "MENURUN",
            "MENINGKAT",
            "MEROSOT",
            "MELONJAK",
            "ANJLOK",
            "AMBLES",
            "JATUH",
            "TERKOREKSI",
            "DOWN");

    private static final String LABEL_MARKS = " ./&-+()'";

    private final String text;
    private final KnownLabels labels;

    /** @param rest whether the piece prints more than the quote */
    record Cut(Quote quote, boolean rest, boolean possible, SignOrigin origin) {}

    LabelCuts(String text, KnownLabels labels) {
        this.text = text;
        this.labels = labels;
    }

    /** Reads the quote of a known label. A label that is apart from its numbers decides. */
    Optional<Cut> known(Piece piece, List<KnownLabels.Match> matches) {
        List<Cut> apart = new ArrayList<>(2);
        List<Cut> glued = new ArrayList<>(2);
        for (KnownLabels.Match match : matches) {
            cut(piece, match.end(), match.code(), match.decimals())
                    .filter(cut -> !match.percentOnly() || cut.quote.value() == null)
                    .ifPresent(match.apart() ? apart::add : glued::add);
        }
        if (matches.stream().anyMatch(KnownLabels.Match::apart)) {
            // "IDX30" or "IDX 30" without a number is not IDX at 30
            return matches.get(0).end() >= piece.end() ? Optional.empty() : choose(apart);
        }
        if (!glued.isEmpty() && piece.hasNumbersApart() && endsInFewDigits(piece)) {
            // IDX is a known label and IDX50 is not, but "IDX50 427" need not be IDX at 50
            discovered(piece, piece.labelEnd()).ifPresent(glued::add);
        }
        return choose(glued);
    }

    /** Reads the quote of a label that is not known. */
    Optional<Cut> unknown(Piece piece) {
        int digits = shortNumberEnd(piece);
        if (digits > 0) {
            List<Cut> cuts = new ArrayList<>(2);
            discovered(piece, piece.labelEnd()).ifPresent(cuts::add);
            discovered(piece, digits).ifPresent(cuts::add);
            List<Cut> agreeing = agreeing(cuts);
            return agreeing.size() == 1 ? Optional.of(agreeing.get(0)) : Optional.empty();
        }
        Optional<Cut> apart = piece.hasNumbersApart() ? discovered(piece, piece.labelEnd()) : Optional.empty();
        List<Cut> glued = gluedCuts(piece);
        if (apart.isEmpty()) {
            return choose(glued);
        }
        if (apart.get().quote.quality() == Quality.OK) {
            return apart;
        }
        List<Cut> agreeing = agreeing(glued);
        return agreeing.size() == 1 ? Optional.of(agreeing.get(0)) : apart;
    }

    /** Returns the only cut, or the only one that passes the check, or else the first one, marked as suspect. */
    private static Optional<Cut> choose(List<Cut> all) {
        List<Cut> possible = all.stream().filter(Cut::possible).toList();
        List<Cut> cuts = possible.isEmpty() ? all : possible;
        if (cuts.size() < 2) {
            return cuts.stream().findFirst();
        }
        List<Cut> agreeing = agreeing(cuts);
        Cut first = cuts.get(0);
        return Optional.of(
                agreeing.size() == 1
                        ? agreeing.get(0)
                        : new Cut(QuoteCheck.suspect(first.quote), first.rest, true, first.origin));
    }

    private static List<Cut> agreeing(List<Cut> cuts) {
        return cuts.stream().filter(cut -> cut.quote.quality() == Quality.OK).toList();
    }

    /** Returns the cuts after the letters of a label, and after each digit that follows them. */
    private List<Cut> gluedCuts(Piece piece) {
        List<Cut> cuts = new ArrayList<>();
        int letters = piece.labelEnd();
        while (letters > piece.labelStart() && !Character.isLetter(text.charAt(letters - 1))) {
            letters--;
        }
        if (rupiahGlued(piece, letters)) {
            letters -= 2;
        }
        int digits = letters;
        while (digits < piece.labelEnd() && StripCharacters.digit(text.charAt(digits))) {
            digits++;
        }
        for (int at = letters; at < Math.max(digits, letters + 1); at++) {
            Optional<Cut> cut = discovered(piece, at);
            if (cut.isPresent() && !beginsWithZero(cut.get().quote, at) && !valueAlone(cut.get().quote)) {
                cuts.add(cut.get());
            }
        }
        return cuts;
    }

    private boolean rupiahGlued(Piece piece, int letters) {
        return letters - 2 > piece.labelStart()
                && letters < piece.end()
                && NumberWords.unit(text, letters - 2, letters) == 2
                && Character.isUpperCase(text.charAt(letters - 3));
    }

    /**
     * The end of a whole number of few digits behind the label: the 40 of "DAX 40" may be a part of the label. -1 if
     * there is none.
     */
    private int shortNumberEnd(Piece piece) {
        int start = piece.labelEnd() + 1;
        int end = start;
        while (end < piece.end() && end - start <= MAX_LABEL_DIGITS && StripCharacters.digit(text.charAt(end))) {
            end++;
        }
        boolean whole = end > start
                && end - start <= MAX_LABEL_DIGITS
                && (end == piece.end() || StripCharacters.gap(text.charAt(end)));
        return whole && StripCharacters.gap(text.charAt(start - 1)) ? end : -1;
    }

    private boolean beginsWithZero(Quote quote, int at) {
        return quote.value() != null && text.charAt(at) == '0';
    }

    /** "SAHAM LQ45" is not an indicator at 45. */
    private static boolean valueAlone(Quote quote) {
        return quote.change() == null && quote.changePercent() == null;
    }

    private Optional<Cut> discovered(Piece piece, int labelEnd) {
        if (!isLabel(piece.labelStart(), labelEnd)
                || labels.isCutOrRunTogether(text, piece.labelStart(), labelEnd, piece.end())) {
            return Optional.empty();
        }
        String label = text.substring(piece.labelStart(), labelEnd);
        return cut(piece, labelEnd, label.toUpperCase(Locale.ROOT).replace(". ", "."), KnownLabel.ANY_DECIMALS)
                .filter(cut -> hasPrintedPercent(cut.quote) && !isRate(cut.quote));
    }

    /** Strips print percents with decimals. "HANYA 50.000" and "DISKON 50%" are adverts. */
    private static boolean hasPrintedPercent(Quote quote) {
        return quote.changePercent() != null && quote.changePercent().scale() > 0;
    }

    /** A percent alone may be a rate: "BI RATE 6,00%". Only funds print nothing but their change. */
    private static boolean isRate(Quote quote) {
        return quote.value() == null && !quote.code().startsWith("RD.");
    }

    /** Reads the numbers. If blanks may separate thousands or numbers, the check decides, or nothing is read. */
    private Optional<Cut> cut(Piece piece, int labelEnd, String code, int decimals) {
        if (labelEnd > piece.end()) {
            return Optional.empty();
        }
        String label = KnownLabels.printed(text, piece.labelStart(), labelEnd);
        List<Cut> readings = FieldReader.read(text, labelEnd, piece.end(), piece.sign(), code, decimals).stream()
                .map(fields -> new Cut(
                        QuoteCheck.judge(code, label, fields), fields.rest(), fields.possible(), fields.origin()))
                .toList();
        List<Cut> choice = readings.size() < 2 ? readings : agreeing(readings);
        return choice.size() == 1 ? Optional.of(choice.get(0)) : Optional.empty();
    }

    private boolean endsInFewDigits(Piece piece) {
        int digits = piece.labelEnd();
        while (digits > piece.labelStart() && StripCharacters.digit(text.charAt(digits - 1))) {
            digits--;
        }
        if (digits == piece.labelEnd() || piece.labelEnd() - digits > MAX_LABEL_DIGITS) {
            return false;
        }
        for (int i = piece.labelStart(); i < digits; i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean isLabel(int start, int end) {
        if (end <= start || end - start > MAX_LABEL_LENGTH || !Character.isLetter(text.charAt(start))) {
            return false;
        }
        int words = 1;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!Character.isLetter(c)
                    && !StripCharacters.digit(c)
                    && (LABEL_MARKS.indexOf(c) < 0 || withinNumber(i, end))) {
                return false;
            }
            words += c == ' ' ? 1 : 0;
        }
        char last = text.charAt(end - 1);
        String label = text.substring(start, end).toUpperCase(Locale.ROOT);
        String lastWord = label.substring(label.lastIndexOf(' ') + 1);
        return words <= MAX_WORDS
                && !NOTES.contains(lastWord)
                && !VERBS.contains(lastWord)
                && (Character.isLetter(last) || StripCharacters.digit(last) || last == ')' || last == '+');
    }

    /** "PERAK1.000" contains a number that is not part of the name. */
    private boolean withinNumber(int mark, int end) {
        return StripCharacters.digit(text.charAt(mark - 1))
                && mark + 1 < end
                && StripCharacters.digit(text.charAt(mark + 1))
                && text.charAt(mark) != ' ';
    }
}

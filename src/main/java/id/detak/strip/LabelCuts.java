package id.detak.strip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds where in a piece the label ends and the numbers begin. If a text can be cut in several ways, the check of the
 * quote decides: {@code IDX30427 -6,80 -1,57%} is IDX30 at 427, because IDX at 30.427 would have changed by 0,02 %.
 */
final class LabelCuts {

    private static final int MAX_LABEL_LENGTH = 40;
    private static final int MAX_WORDS = 4;
    /** So far, labels end with at most three digits: KOMPAS100. */
    private static final int MAX_LABEL_DIGITS = 3;

    private static final String LABEL_MARKS = " ./&-+()'";

    private final String text;

    private record Cut(Quote quote, boolean possible) {}

    LabelCuts(String text) {
        this.text = text;
    }

    /** Reads the quote of a known label. A label that is apart from its numbers decides. */
    Optional<Quote> known(StripPiece piece, List<KnownLabels.Match> matches) {
        List<Cut> apart = new ArrayList<>(2);
        List<Cut> glued = new ArrayList<>(2);
        for (KnownLabels.Match match : matches) {
            cut(piece, match.end(), match.code()).ifPresent(match.apart() ? apart::add : glued::add);
        }
        if (matches.stream().anyMatch(KnownLabels.Match::apart)) {
            // "IDX30" without a number is not IDX at 30
            return choose(apart);
        }
        if (!glued.isEmpty() && piece.hasNumbersApart() && endsInFewDigits(piece)) {
            // IDX is a known label and IDX50 is not, but "IDX50 427" need not be IDX at 50
            discovered(piece, piece.labelEnd()).ifPresent(glued::add);
        }
        return choose(glued);
    }

    /** Reads the quote of a label that is not known. */
    Optional<Quote> unknown(StripPiece piece) {
        Optional<Quote> apart =
                piece.hasNumbersApart() ? discovered(piece, piece.labelEnd()).map(Cut::quote) : Optional.empty();
        List<Cut> glued = gluedCuts(piece);
        if (apart.isEmpty()) {
            return choose(glued);
        }
        if (apart.get().quality() == Quality.OK) {
            return apart;
        }
        List<Cut> agreeing = agreeing(glued);
        return agreeing.size() == 1 ? Optional.of(agreeing.get(0).quote) : apart;
    }

    /** Returns the only cut, or the only one that passes the check, or else the first one, marked as suspect. */
    private static Optional<Quote> choose(List<Cut> cuts) {
        List<Cut> possible = cuts.stream().filter(Cut::possible).toList();
        List<Cut> choice = possible.isEmpty() ? cuts : possible;
        if (choice.size() < 2) {
            return choice.stream().map(Cut::quote).findFirst();
        }
        List<Cut> agreeing = agreeing(choice);
        Quote quote = agreeing.size() == 1 ? agreeing.get(0).quote : QuoteCheck.suspect(choice.get(0).quote);
        return Optional.of(quote);
    }

    private static List<Cut> agreeing(List<Cut> cuts) {
        return cuts.stream().filter(cut -> cut.quote.quality() == Quality.OK).toList();
    }

    /** Returns the cuts after the letters of a label, and after each digit that follows them. */
    private List<Cut> gluedCuts(StripPiece piece) {
        List<Cut> cuts = new ArrayList<>();
        int letters = piece.labelEnd();
        while (letters > piece.start() && !Character.isLetter(text.charAt(letters - 1))) {
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

    private boolean rupiahGlued(StripPiece piece, int letters) {
        return letters - 2 > piece.start()
                && letters < piece.end()
                && PieceScanner.rupiah(text, letters - 2, letters)
                && Character.isUpperCase(text.charAt(letters - 3));
    }

    private boolean beginsWithZero(Quote quote, int at) {
        return quote.value() != null && text.charAt(at) == '0';
    }

    /** "SAHAM LQ45" is not an indicator at 45. */
    private static boolean valueAlone(Quote quote) {
        return quote.change() == null && quote.changePercent() == null;
    }

    private Optional<Cut> discovered(StripPiece piece, int labelEnd) {
        if (!isLabel(piece.start(), labelEnd)) {
            return Optional.empty();
        }
        String label = text.substring(piece.start(), labelEnd);
        return cut(piece, labelEnd, label.toUpperCase(Locale.ROOT).replace(". ", "."));
    }

    private Optional<Cut> cut(StripPiece piece, int labelEnd, String code) {
        if (labelEnd > piece.end()) {
            return Optional.empty();
        }
        String label = text.substring(piece.start(), labelEnd);
        return FieldReader.read(text, labelEnd, piece.end())
                .map(fields -> new Cut(QuoteCheck.judge(code, label, fields), fields.possible()));
    }

    private boolean endsInFewDigits(StripPiece piece) {
        int digits = piece.labelEnd();
        while (digits > piece.start() && StripCharacters.digit(text.charAt(digits - 1))) {
            digits--;
        }
        if (digits == piece.labelEnd() || piece.labelEnd() - digits > MAX_LABEL_DIGITS) {
            return false;
        }
        for (int i = piece.start(); i < digits; i++) {
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
        return words <= MAX_WORDS
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

package id.detak.strip;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads numbers as printed, with their signs, arrows, brackets and units. {@link FieldReader} finds their meaning. */
final class FigureReader {

    /** A unit in brackets between the label and its numbers. */
    private static final Pattern UNIT = Pattern.compile(
            "\\s*\\((?:Rp|IDR|poin|points)?\\s?(?:/|per )?\\s?(?:gram|gr|g)?\\)\\s*:?", Pattern.CASE_INSENSITIVE);

    private static final int MAX_FIGURES = 8;
    /** A number with thousands. */
    private static final Pattern GROUPED = Pattern.compile("\\d{1,3}(?:[.,]\\d{3})+(?!\\d)");

    private final String text;
    private final int end;
    private final List<Figure> figures = new ArrayList<>(4);
    private int at;
    /** The direction of the last arrow, which applies to the following numbers without a sign. */
    private int arrow;
    /** Whether the last sign was one that cannot be read. */
    private boolean unknownSign;

    /** Whether two signs contradict each other. */
    private boolean contradiction;

    /** Whether dashes separate label and numbers, so that they are no minus. */
    private boolean separators;

    /** The indices of the figures, other than the first, that a dash precedes. */
    private final List<Integer> dashed = new ArrayList<>(2);

    private boolean rest;
    private char bracket;
    private int inBracket;

    /** @param sign an arrow before the label, or 0 */
    FigureReader(String text, int start, int end, char sign) {
        this.text = text;
        this.at = start;
        this.end = end;
        this.arrow = StripCharacters.arrow(sign);
        this.unknownSign = sign == StripCharacters.UNKNOWN_SIGN;
    }

    List<Figure> figures() {
        return figures;
    }

    /** Whether more is printed than the numbers. */
    boolean rest() {
        return rest;
    }

    boolean dashBetweenNumbers() {
        return dashed.stream().anyMatch(index -> !figures.get(index).percent());
    }

    /** The offset behind the last number. */
    int end() {
        return at;
    }

    /** Reads the first number; null if there is other text. */
    Figure readOne() {
        skipGaps();
        return at < end && figure() && figures.size() == 1 ? last() : null;
    }

    /** Reads all numbers. Returns false if there is other text. */
    boolean readAll() {
        skipGaps();
        if (at < end && text.charAt(at) == ':') {
            at++;
        }
        Matcher unit = UNIT.matcher(text).region(at, end);
        if (unit.lookingAt()) {
            at = unit.end();
        }
        while (true) {
            skipGaps();
            if (at >= end) {
                return bracket == 0 || !figures.isEmpty() && last().percent();
            }
            if (text.charAt(at) == StripCharacters.STRUCK) {
                int close = text.indexOf(StripCharacters.STRUCK, at + 1);
                if (close < 0 || close >= end) {
                    return false;
                }
                rest = true;
                at = close + 1;
            } else if (!figure()) {
                return false;
            }
        }
    }

    private Figure last() {
        return figures.get(figures.size() - 1);
    }

    /** Reads one number with its sign, arrow, brackets and unit. Returns false if there is other text. */
    private boolean figure() {
        int from = at;
        int sign = 0;
        int ownArrow = 0;
        boolean change = false;
        boolean doubtful = false;
        boolean slash = false;
        while (at < end && !StripCharacters.digit(text.charAt(at))) {
            char c = text.charAt(at);
            int unit = NumberWords.unit(text, at, end);
            if (unit > 0) {
                at += unit;
                continue;
            }
            if (StripCharacters.sign(c) != 0 && sign == 0) {
                sign = StripCharacters.sign(c);
                doubtful = isSpacedDash() && (c == '\u2014' || c == '\u0097' || figures.isEmpty() || separators);
                separators |= doubtful && figures.isEmpty();
            } else if (StripCharacters.arrow(c) != 0) {
                contradiction |= ownArrow * StripCharacters.arrow(c) < 0;
                ownArrow = StripCharacters.arrow(c);
            } else if (c == StripCharacters.UNKNOWN_SIGN) {
                arrow = 0;
                unknownSign = true;
            } else if (c == StripCharacters.DELTA && !change) {
                change = true;
            } else if ((c == '(' || c == '[') && bracket == 0) {
                bracket = c;
                inBracket = 0;
            } else if (c == '/' && !slash && !figures.isEmpty()) {
                slash = true;
            } else if (!StripCharacters.gap(c) && !StripCharacters.bullet(c)) {
                return trailing(from);
            }
            at++;
        }
        if (at >= end) {
            return trailing(from);
        }
        if (figures.size() == MAX_FIGURES) {
            return false;
        }
        boolean beforeChange = figures.size() < 2;
        contradiction |= beforeChange && arrow * ownArrow < 0 || sign * (ownArrow != 0 ? ownArrow : arrow) < 0;
        if (ownArrow != 0) {
            arrow = ownArrow;
            unknownSign = false;
        }
        boolean apart = figures.isEmpty()
                || from != at
                || from < 2
                || text.charAt(from - 1) != ' '
                || !StripCharacters.digit(text.charAt(from - 2))
                || bracket != 0;
        String digits = digits();
        // a dash in the place of the value, as in "IDX - 6,59 0,09%", or one that separates, as in "IDX - 7.166,98"
        boolean separates =
                doubtful && (!figures.isEmpty() || GROUPED.matcher(digits).lookingAt());
        boolean unknown = doubtful || contradiction || sign == 0 && unknownSign;
        if (sign < 0 && !figures.isEmpty()) {
            dashed.add(figures.size());
        }
        figures.add(new Figure(
                digits,
                separates ? 0 : sign,
                doubtful || contradiction ? 0 : sign != 0 ? sign : arrow,
                unknown,
                false,
                false,
                change,
                0,
                apart,
                0));
        inBracket++;
        return suffixes();
    }

    private boolean isSpacedDash() {
        return StripCharacters.minus(text.charAt(at))
                && at > 0
                && StripCharacters.gap(text.charAt(at - 1))
                && at + 1 < end
                && StripCharacters.gap(text.charAt(at + 1));
    }

    /** What stands after the last number: an arrow for all of them, or dashes for fields without a number. */
    private boolean trailing(int from) {
        int direction = 0;
        boolean unknown = false;
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (StripCharacters.arrow(c) != 0) {
                direction = StripCharacters.arrow(c);
            } else if (c == StripCharacters.UNKNOWN_SIGN) {
                unknown = true;
            } else if (StripCharacters.minus(c)) {
                rest = true;
            } else if (!StripCharacters.gap(c) && !StripCharacters.bullet(c)) {
                return false;
            }
        }
        at = end;
        for (int i = 0; i < figures.size(); i++) {
            Figure figure = figures.get(i);
            if (direction * figure.direction() < 0) {
                figures.set(i, figure.contradicted());
            } else if (direction != 0 && figure.direction() == 0 && !figure.unknown()) {
                figures.set(i, figure.withArrow(direction));
            } else if (unknown) {
                figures.set(i, figure.withUnknownSign());
            }
        }
        return !figures.isEmpty();
    }

    private String digits() {
        int start = at;
        while (at < end && StripCharacters.figure(text.charAt(at))) {
            at++;
        }
        int stop = at;
        char mark = text.charAt(stop - 1);
        if ((mark == ',' || mark == '.') && at < end && StripCharacters.minus(text.charAt(at))) {
            int dash = at;
            while (dash < end && StripCharacters.minus(text.charAt(dash))) {
                dash++;
            }
            if (dash == end || !StripCharacters.digit(text.charAt(dash))) {
                at = dash; // 1.319.000,-
                return text.substring(start, stop - 1);
            }
        }
        return text.substring(start, stop);
    }

    private boolean suffixes() {
        while (true) {
            int next = at;
            while (next < end && StripCharacters.gap(text.charAt(next))) {
                next++;
            }
            if (next >= end) {
                return true;
            }
            NumberWords.Word word = NumberWords.after(text, next, end);
            char closer = bracket == '(' ? ')' : bracket == '[' ? ']' : 0;
            if (word != null) {
                if (!take(word)) {
                    return false;
                }
                at = next + word.length();
            } else if (closer != 0 && text.charAt(next) == closer) {
                closeBracket();
                at = next + 1;
            } else {
                return text.charAt(at) != StripCharacters.RAISED && !Character.isLetter(text.charAt(at));
            }
        }
    }

    private boolean take(NumberWords.Word word) {
        Figure figure = last();
        switch (word.meaning()) {
            case UNIT -> {}
            case PERCENT -> {
                if (figure.percent() || figure.power() != 0) {
                    return false;
                }
                figures.set(figures.size() - 1, figure.percented());
            }
            case THOUSAND, MILLION -> {
                if (figure.percent() || figure.power() != 0) {
                    return false;
                }
                int power = word.meaning() == NumberWords.Meaning.THOUSAND ? 3 : 6;
                figures.set(figures.size() - 1, figure.times(power));
            }
        }
        return true;
    }

    /** Brackets around one number make it negative. Around two numbers, it is unknown what they mean. */
    private void closeBracket() {
        for (int i = Math.max(0, figures.size() - inBracket); i < figures.size() && bracket == '('; i++) {
            Figure figure = figures.get(i);
            if (figure.direction() == 0 && !figure.unknown()) {
                figures.set(i, inBracket == 1 ? figure.negated() : figure.withUnknownSign());
            }
        }
        bracket = 0;
    }

    private void skipGaps() {
        while (at < end && (StripCharacters.gap(text.charAt(at)) || StripCharacters.bullet(text.charAt(at)))) {
            at++;
        }
    }
}

package id.detak.strip;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the numbers after a label: value, change and percent; value and percent; percent; value and change; or value.
 * All text up to the end must belong to them.
 */
final class FieldReader {

    private final String text;
    private final int end;
    private int at;
    /** The direction of the last arrow, which applies to the following numbers without a sign. */
    private int arrow;

    private record Figure(String digits, int sign, int direction, boolean percent) {}

    private FieldReader(String text, int start, int end) {
        this.text = text;
        this.at = start;
        this.end = end;
    }

    static Optional<Fields> read(String text, int start, int end) {
        return new FieldReader(text, start, end).read();
    }

    private Optional<Fields> read() {
        List<Figure> figures = new ArrayList<>(3);
        skipGaps();
        while (at < end) {
            Optional<Figure> figure = figure();
            if (figure.isEmpty() || figures.size() == 3) {
                return Optional.empty();
            }
            figures.add(figure.get());
            skipGaps();
        }
        return assign(figures);
    }

    private Optional<Fields> assign(List<Figure> figures) {
        int last = figures.size() - 1;
        for (int i = 0; i < last; i++) {
            if (figures.get(i).percent) {
                return Optional.empty();
            }
        }
        boolean percent = last >= 0 && figures.get(last).percent;
        int plain = percent ? last : last + 1;
        if (figures.isEmpty() || plain > 2) {
            return Optional.empty();
        }
        List<BigDecimal> values = plain > 0 ? value(figures.get(0)) : List.of();
        List<BigDecimal> changes = plain > 1 ? change(figures.get(1)) : List.of();
        Optional<BigDecimal> readPercent = percent ? percent(figures.get(last)) : Optional.empty();
        boolean complete = values.isEmpty() == (plain < 1)
                && changes.isEmpty() == (plain < 2)
                && readPercent.isPresent() == percent;
        return complete ? Optional.of(new Fields(values, changes, readPercent.orElse(null))) : Optional.empty();
    }

    /** A value has no sign and is never zero. */
    private static List<BigDecimal> value(Figure figure) {
        if (figure.sign != 0) {
            return List.of();
        }
        List<BigDecimal> readings = NumberReader.values(figure.digits);
        return readings.isEmpty() || readings.get(0).signum() == 0 ? List.of() : readings;
    }

    private static List<BigDecimal> change(Figure figure) {
        List<BigDecimal> readings = new ArrayList<>(2);
        for (BigDecimal reading : NumberReader.values(figure.digits)) {
            readings.add(figure.direction < 0 ? reading.negate() : reading);
        }
        return readings;
    }

    private static Optional<BigDecimal> percent(Figure figure) {
        return NumberReader.percent(figure.digits).map(p -> figure.direction < 0 ? p.negate() : p);
    }

    /** Reads one number with its sign, arrow, brackets and unit; empty if there is other text. */
    private Optional<Figure> figure() {
        int sign = 0;
        int ownArrow = 0;
        boolean bracket = false;
        boolean unit = false;
        while (at < end && !StripCharacters.digit(text.charAt(at))) {
            char c = text.charAt(at);
            if (StripCharacters.sign(c) != 0 && sign == 0) {
                sign = StripCharacters.sign(c);
            } else if (StripCharacters.arrow(c) != 0 && ownArrow == 0) {
                ownArrow = StripCharacters.arrow(c);
            } else if (c == '(' && !bracket) {
                bracket = true;
            } else if (!unit && PieceScanner.rupiah(text, at, end)) {
                unit = true;
                at += at + 2 < end && text.charAt(at + 2) == '.' ? 2 : 1;
            } else if (!StripCharacters.gap(c)) {
                return Optional.empty();
            }
            at++;
        }
        if (sign * ownArrow < 0) {
            return Optional.empty();
        }
        arrow = ownArrow != 0 ? ownArrow : arrow;
        String digits = digits();
        boolean percent = accept('%');
        if (bracket && (!percent || !accept(')') && at < end)) {
            return Optional.empty();
        }
        return Optional.of(new Figure(digits, sign, sign != 0 ? sign : arrow, percent));
    }

    private String digits() {
        int start = at;
        while (at < end && StripCharacters.figure(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Consumes the mark if it is next, apart from blanks. */
    private boolean accept(char mark) {
        int i = at;
        while (i < end && StripCharacters.gap(text.charAt(i))) {
            i++;
        }
        if (i < end && text.charAt(i) == mark) {
            at = i + 1;
            return true;
        }
        return false;
    }

    private void skipGaps() {
        while (at < end && StripCharacters.gap(text.charAt(at))) {
            at++;
        }
    }
}

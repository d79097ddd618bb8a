package id.detak.strip;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the numbers after a label: value, change and percent; value and percent; percent; or value. All text up to the
 * end must belong to them. A second number without a percent is not taken for a change: it may be a buying price or the
 * previous close.
 */
final class FieldReader {

    private static final Pattern EMPTY_CELL = Pattern.compile("\\|\\s*\\|");
    private static final int MAX_READINGS = 16;
    private static final int MAX_NOTE = 60;
    private static final Pattern NUMBER = Pattern.compile("\\d(?:[\\d.,]*\\d)?");
    /** The price is that of several. */
    private static final Pattern QUANTITY =
            Pattern.compile("(?i)\\d\\s?(?:gram|gr|g|kg|ons|oz|lot|lembar|saham|unit)\\b");
    /**
     * A bare second number that is so near to the value is another price, unless the percent shows that it is a change.
     */
    private static final BigDecimal SMALL = new BigDecimal("0.2");

    private static final BigDecimal LARGE = BigDecimal.valueOf(5);
    /** No price of the same thing, and no change, is so many times the value. The first number is something else. */
    private static final BigDecimal TOO_LARGE = BigDecimal.valueOf(2);

    private final String code;
    private final int decimals;
    private final List<Figure> figures;
    private final boolean dash;
    private final boolean rest;
    /** Readings in which a number is made of two that may be different ones. */
    private final List<Fields> unsure = new ArrayList<>(1);

    private FieldReader(FigureReader figures, String code, int decimals) {
        this.code = code;
        this.decimals = decimals;
        this.figures = figures.figures();
        this.dash = figures.dashBetweenNumbers();
        this.rest = figures.rest();
    }

    /**
     * Returns the possible readings: more than one if blanks may separate thousands or numbers.
     *
     * @param sign an arrow before the label, or 0
     * @param code of the indicator
     * @param decimals the number of decimals of the indicator's values, or {@link KnownLabel#ANY_DECIMALS}
     */
    static List<Fields> read(String text, int start, int end, char sign, String code, int decimals) {
        FigureReader figures = new FigureReader(text, start, end, sign);
        if (!figures.readAll()) {
            return List.of();
        }
        FieldReader reader = new FieldReader(figures, code, decimals);
        List<Fields> readings = new ArrayList<>(2);
        reader.join(new ArrayList<>(), 0, readings);
        List<Fields> possible = readings.stream().filter(Fields::possible).toList();
        List<Fields> chosen = possible.isEmpty() ? readings : possible;
        if (lacksItsValue(text.substring(start, end))) {
            return chosen.stream()
                    .filter(fields -> fields.values().isEmpty() || reader.passes(fields))
                    .toList();
        }
        return chosen.size() == 1 && reader.unsure.contains(chosen.get(0)) ? List.of() : chosen;
    }

    /** Whether the cell behind the label is empty, and the bars are not doubled throughout. */
    private static boolean lacksItsValue(String numbers) {
        Matcher empty = EMPTY_CELL.matcher(numbers);
        return empty.find() && numbers.substring(0, empty.start()).isBlank() && !empty.find();
    }

    /** Adds the readings of the numbers from {@code from} on, in which blanks may separate thousands. */
    private void join(List<Figure> before, int from, List<Fields> readings) {
        if (readings.size() >= MAX_READINGS) {
            return;
        }
        if (from == figures.size()) {
            assign(before).filter(fields -> isPlausible(before)).ifPresent(fields -> {
                readings.add(fields);
                if (!isSurelyJoined(before, fields)) {
                    unsure.add(fields);
                }
            });
            return;
        }
        Figure figure = figures.get(from);
        if (!before.isEmpty() && !figure.apart() && isGroup(before.get(before.size() - 1), figure)) {
            List<Figure> joined = new ArrayList<>(before);
            joined.set(before.size() - 1, before.get(before.size() - 1).joined(figure));
            join(joined, from + 1, readings);
        }
        List<Figure> separate = new ArrayList<>(before);
        separate.add(figure);
        join(separate, from + 1, readings);
    }

    /** Where blanks may separate thousands, a number that is much larger than the value shows that they do. */
    private boolean isPlausible(List<Figure> list) {
        boolean joinable = false;
        for (int i = 1; i < figures.size(); i++) {
            joinable |= !figures.get(i).apart() && isGroup(figures.get(i - 1), figures.get(i));
        }
        if (!joinable) {
            return true;
        }
        List<List<BigDecimal>> plain = list.stream()
                .filter(figure -> !figure.percent())
                .map(FieldReader::numbers)
                .toList();
        return plain.size() < 2
                || plain.stream().anyMatch(List::isEmpty)
                || plain.get(1).get(0).compareTo(plain.get(0).get(0).multiply(LARGE)) < 0;
    }

    /** Where only one blank may separate thousands, only numbers that agree show that it does. */
    private boolean isSurelyJoined(List<Figure> list, Fields fields) {
        return list.stream().noneMatch(figure -> figure.groups() == 1) || passes(fields);
    }

    private boolean passes(Fields fields) {
        return QuoteCheck.judge(code, code, fields).quality() == Quality.OK;
    }

    private static boolean isGroup(Figure before, Figure next) {
        return !before.percent()
                && !next.percent()
                && before.power() == 0
                && before.digits().chars().allMatch(c -> StripCharacters.digit((char) c))
                && (before.digits().length() <= 3
                        || before.groups() > 0 && before.digits().length() <= 9)
                && before.digits().charAt(0) != '0'
                && next.digits().matches("\\d{3}([.,]\\d{1,2}|,\\d{3,4})?");
    }

    private Optional<Fields> assign(List<Figure> list) {
        List<Figure> plain = list.stream().filter(figure -> !figure.percent()).toList();
        List<Figure> percents = list.stream().filter(figure -> figure.percent()).toList();
        if (percents.size() > 1 || percents.stream().anyMatch(figure -> figure.change())) {
            return Optional.empty();
        }
        Figure percent = percents.isEmpty() ? null : percents.get(0);
        if (percent != null && NumberReader.percent(percent.digits()).isEmpty()) {
            return Optional.empty();
        }
        return switch (plain.size()) {
            case 0 -> percentAlone(percent);
            case 1 -> valueAndPercent(plain.get(0), percent);
            case 2 -> two(plain.get(0), plain.get(1), percent);
            case 3 -> three(plain.get(0), plain.get(1), plain.get(2), percent);
            default -> Optional.empty();
        };
    }

    private Optional<Fields> percentAlone(Figure percent) {
        return percent == null || percent.unknown()
                ? Optional.empty()
                : Optional.of(new Fields(List.of(), List.of(), percent(percent), false, rest, percent.origin()));
    }

    private Optional<Fields> valueAndPercent(Figure value, Figure percent) {
        List<BigDecimal> values = values(value);
        if (values.isEmpty() || value.change()) {
            return Optional.empty();
        }
        if (percent == null) {
            return Optional.of(new Fields(values, List.of(), null, false, rest, SignOrigin.PRINTED));
        }
        return Optional.of(
                percent.unknown()
                        ? Fields.valueOnly(values)
                        : new Fields(values, List.of(), percent(percent), false, rest, percent.origin()));
    }

    private Optional<Fields> two(Figure first, Figure second, Figure percent) {
        Figure value = first.change() ? second : first;
        Figure change = first.change() ? first : second;
        List<BigDecimal> values = values(value);
        List<BigDecimal> changes = numbers(change);
        if (values.isEmpty() || changes.isEmpty() || value.change()) {
            return Optional.empty();
        }
        boolean tooLarge = values.stream().allMatch(number -> changes.get(0).compareTo(number.multiply(TOO_LARGE)) > 0);
        boolean range = isRange(values.get(0), changes.get(0));
        if (percent == null && (tooLarge || range)) {
            return Optional.empty();
        }
        boolean large = changes.get(0).compareTo(values.get(0).multiply(SMALL)) >= 0;
        if (percent == null) {
            return Optional.of(
                    change.change() && !change.unknown() && !(large && change.bare())
                            ? new Fields(values, signed(changes, change.resolved()), null, false, rest, change.origin())
                            : Fields.valueOnly(values));
        }
        if (change.unknown() && (percent.unknown() || percent.direction() == 0)
                || percent.unknown() && change.direction() == 0) {
            int sign = change.unknown() ? change.likeliest() : percent.likeliest();
            BigDecimal moved = signed(NumberReader.percent(percent.digits()).orElseThrow(), sign);
            Fields likeliest = fields(values, signed(changes, sign), moved, value, change, percent);
            if (QuoteCheck.judge(code, code, likeliest).isSure()) {
                return Optional.of(likeliest);
            }
            return tooLarge || range ? Optional.empty() : Optional.of(Fields.valueOnly(values));
        }
        int ofChange = change.unknown() ? percent.direction() : change.resolved();
        // the brackets of a percent are an ornament if the change has a sign of its own
        int ofPercent =
                percent.unknown() || percent.direction() == 0 && percent.negative() ? ofChange : percent.resolved();
        BigDecimal shown = signed(NumberReader.percent(percent.digits()).orElseThrow(), ofPercent);
        Fields fields = fields(values, signed(changes, ofChange), shown, value, change, percent);
        if ((tooLarge || range) && !passes(fields)) {
            return Optional.empty();
        }
        if (large
                && change.sign() == 0
                && (change.bare() || change.negative())
                && !change.change()
                && !passes(fields)) {
            return values.size() > 1
                    ? Optional.of(Fields.valueOnly(values))
                    : anotherPrice(values.get(0), changes.get(0), shown);
        }
        return Optional.of(fields);
    }

    /** Whether a dash between two numbers of the same size joins the low and the high of a day: none is the value. */
    private boolean isRange(BigDecimal one, BigDecimal other) {
        return dash && one.max(other).compareTo(one.min(other).multiply(TOO_LARGE)) < 0;
    }

    /** Of two prices, the one that lies by the percent above the other is the value; else the first. */
    private static Optional<Fields> anotherPrice(BigDecimal first, BigDecimal second, BigDecimal percent) {
        boolean secondIsValue = percent.signum() != 0
                && second.signum() > 0
                && agrees(of(second, second.subtract(first), percent))
                && !agrees(of(first, first.subtract(second), percent));
        return Optional.of(Fields.valueOnly(List.of(secondIsValue ? second : first)));
    }

    private static Fields of(BigDecimal value, BigDecimal change, BigDecimal percent) {
        return new Fields(List.of(value), List.of(change), percent, false, false, SignOrigin.PRINTED);
    }

    /** Value, change and previous close in any order that adds up. */
    private Optional<Fields> three(Figure a, Figure b, Figure c, Figure percent) {
        for (Figure[] order : new Figure[][] {{a, b, c}, {b, a, c}, {a, c, b}, {b, c, a}}) {
            List<BigDecimal> values = value(order[0]);
            List<BigDecimal> previous = value(order[1]);
            List<BigDecimal> changes = numbers(order[2]);
            if (values.size() == 1 && previous.size() == 1 && changes.size() == 1 && !order[2].unknown()) {
                BigDecimal change = signed(changes.get(0), order[2].resolved());
                boolean adds = values.get(0).subtract(previous.get(0)).compareTo(change) == 0 && change.signum() != 0;
                if (adds && percent == null && order[2].direction() != 0) {
                    return Optional.of(Fields.valueOnly(values));
                }
                if (adds && percent != null && !percent.unknown()) {
                    Fields fields =
                            new Fields(values, List.of(change), percent(percent), false, rest, order[2].origin());
                    return agrees(fields) ? Optional.of(fields) : Optional.empty();
                }
            }
        }
        return percent == null && isPercentWithoutMark(a, b, c)
                ? Optional.of(Fields.valueOnly(value(a)))
                : Optional.empty();
    }

    /** Whether value, change and percent agree with either sign: {@code LQ45 898,78 24,72 2,68}. */
    private static boolean isPercentWithoutMark(Figure value, Figure change, Figure percent) {
        return NumberReader.percent(percent.digits())
                .filter(printed ->
                        value(value).size() == 1 && agree(value(value).get(0), numbers(change), printed))
                .isPresent();
    }

    private static boolean agree(BigDecimal value, List<BigDecimal> changes, BigDecimal percent) {
        return changes.size() == 1
                && (agrees(of(value, changes.get(0), percent))
                        || agrees(of(value, changes.get(0).negate(), percent.negate())));
    }

    /**
     * The value before a note, as in "IDX 7.166 turun 6,59 0,09%". It is certain only if the numbers behind the note
     * agree with it, or are much smaller than a number that is printed like a value.
     *
     * @return the readings of the value; none if it is not certain
     */
    static List<BigDecimal> valueBeforeNote(String text, int start, int end) {
        FigureReader reader = new FigureReader(text, start, end, (char) 0);
        Figure first = reader.readOne();
        if (first == null || first.percent()) {
            return List.of();
        }
        List<BigDecimal> values = value(first);
        String note = text.substring(reader.end(), end);
        Matcher numbers = NUMBER.matcher(note);
        List<String> found = new ArrayList<>();
        while (numbers.find()) {
            found.add(numbers.group());
        }
        boolean percent = !found.isEmpty()
                && note.length() <= MAX_NOTE
                && note.indexOf('%') > 0
                && note.indexOf('%') == note.lastIndexOf('%');
        if (values.size() != 1 || !percent || note.chars().noneMatch(Character::isLetter)) {
            return List.of();
        }
        BigDecimal small = values.get(0).multiply(SMALL);
        boolean areSmall = !QUANTITY.matcher(note).find()
                && found.stream()
                        .allMatch(number -> NumberReader.values(number).stream().anyMatch(n -> n.compareTo(small) < 0));
        boolean printedAsValue =
                first.digits().indexOf('.') > 0 || first.digits().indexOf(',') > 0;
        boolean agree = found.size() > 1
                && NumberReader.percent(found.get(found.size() - 1))
                        .filter(last -> agree(values.get(0), NumberReader.values(found.get(found.size() - 2)), last))
                        .isPresent();
        return areSmall && (printedAsValue || agree) ? values : List.of();
    }

    /**
     * In English form, {@code 898.780 -24.720 -2.68%} has three decimals. It could also be thousands, which the percent
     * does not decide, but the decimals of the indicator do.
     */
    private Fields fields(
            List<BigDecimal> values,
            List<BigDecimal> changes,
            BigDecimal shown,
            Figure value,
            Figure change,
            Figure percent) {
        boolean english = threeDecimals(value)
                && threeDecimals(change)
                && percent.digits().indexOf('.') >= 0;
        boolean ofChange =
                percent.origin() == SignOrigin.BRACKETS || change.origin().compareTo(percent.origin()) > 0;
        SignOrigin origin = ofChange ? change.origin() : percent.origin();
        if (!english) {
            return new Fields(values, changes, shown, false, rest, origin);
        }
        BigDecimal decimalValue = new BigDecimal(value.digits());
        BigDecimal decimalChange =
                signed(new BigDecimal(change.digits()), changes.get(0).signum());
        boolean thousands = decimals == 0;
        return new Fields(
                thousands ? List.of(values.get(0), decimalValue) : List.of(decimalValue, values.get(0)),
                thousands ? List.of(changes.get(0), decimalChange) : List.of(decimalChange, changes.get(0)),
                shown,
                decimals != KnownLabel.ANY_DECIMALS,
                rest,
                origin);
    }

    private static boolean threeDecimals(Figure figure) {
        return figure.power() == 0 && figure.digits().matches("\\d{1,3}\\.\\d{3}");
    }

    private static boolean agrees(Fields fields) {
        return QuoteCheck.judge("X", "X", fields).quality() == Quality.OK;
    }

    /** The readings of a value. Where values have no decimals, 1.319,000 may be 1.319.000. */
    private List<BigDecimal> values(Figure figure) {
        List<BigDecimal> readings = value(figure);
        boolean thousands =
                decimals == 0 && readings.size() == 1 && readings.get(0).scale() == 3;
        if (decimals == 0 && readings.size() == 2) {
            return List.of(readings.get(1), readings.get(0)); // 16,146 is 16146 in English
        }
        return thousands
                ? List.of(readings.get(0), readings.get(0).scaleByPowerOfTen(3).setScale(0))
                : readings;
    }

    /** A value has no sign and is never zero. */
    private static List<BigDecimal> value(Figure figure) {
        if (figure.sign() != 0 || figure.negative()) {
            return List.of();
        }
        List<BigDecimal> readings = numbers(figure);
        return readings.isEmpty() || readings.get(0).signum() == 0 ? List.of() : readings;
    }

    private static List<BigDecimal> numbers(Figure figure) {
        return figure.power() == 0
                ? NumberReader.values(figure.digits())
                : NumberReader.multiple(figure.digits(), figure.power())
                        .map(List::of)
                        .orElse(List.of());
    }

    private static BigDecimal percent(Figure percent) {
        return signed(NumberReader.percent(percent.digits()).orElseThrow(), percent.resolved());
    }

    private static List<BigDecimal> signed(List<BigDecimal> readings, int sign) {
        return readings.stream().map(reading -> signed(reading, sign)).toList();
    }

    private static BigDecimal signed(BigDecimal number, int sign) {
        return sign < 0 ? number.negate() : number;
    }
}

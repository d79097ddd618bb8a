package id.detak.strip;

/**
 * A number as printed.
 *
 * @param sign the sign before the digits, or 0
 * @param direction the sign, or that of an arrow, or 0
 * @param unknown whether it has a sign that cannot be read
 * @param negative whether brackets make it negative if it has no sign
 * @param groups the number of groups of thousands that stood apart
 * @param apart whether it cannot be the continuation of the number before it
 */
record Figure(
        String digits,
        int sign,
        int direction,
        boolean unknown,
        boolean negative,
        boolean percent,
        boolean change,
        int power,
        boolean apart,
        int groups) {

    Figure {
        unknown = unknown && digits.chars().anyMatch(c -> c >= '1' && c <= '9'); // zero needs no sign
    }

    Figure withArrow(int arrow) {
        return new Figure(
                digits, sign, sign != 0 ? sign : arrow, false, negative, percent, change, power, apart, groups);
    }

    Figure withUnknownSign() {
        return new Figure(digits, sign, direction, direction == 0, negative, percent, change, power, apart, groups);
    }

    Figure negated() {
        return new Figure(digits, sign, direction, unknown, true, percent, change, power, apart, groups);
    }

    Figure percented() {
        return new Figure(digits, sign, direction, unknown, negative, true, change, power, apart, groups);
    }

    /** @param power of ten */
    Figure times(int power) {
        return new Figure(digits, sign, direction, unknown, negative, percent, change, power, apart, groups);
    }

    Figure joined(Figure next) {
        return new Figure(
                digits + next.digits,
                sign,
                direction,
                unknown,
                negative,
                next.percent,
                change,
                next.power,
                apart,
                groups + 1);
    }

    boolean bare() {
        return direction == 0 && !negative;
    }

    /** Its sign contradicts another one. */
    Figure contradicted() {
        return new Figure(digits, sign, 0, true, negative, percent, change, power, apart, groups);
    }

    /** What its sign is if nothing else is known. */
    int likeliest() {
        return direction != 0 ? direction : sign != 0 ? sign : 1;
    }

    boolean isZero() {
        return digits.chars().noneMatch(c -> c >= '1' && c <= '9');
    }

    SignOrigin origin() {
        if (sign != 0 || isZero()) {
            return SignOrigin.PRINTED;
        }
        return direction != 0 ? SignOrigin.ARROW : negative ? SignOrigin.BRACKETS : SignOrigin.BARE;
    }

    int resolved() {
        return direction != 0 ? direction : negative ? -1 : 1;
    }
}

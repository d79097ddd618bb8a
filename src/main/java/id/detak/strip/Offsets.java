package id.detak.strip;

import java.util.Arrays;

/** A growing list of ascending numbers without duplicates. */
final class Offsets {

    private int[] values = new int[256];
    private int count;

    /** @param value not less than the previous value */
    void add(int value) {
        if (count > 0 && values[count - 1] == value) {
            return;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    int[] toArray() {
        return Arrays.copyOf(values, count);
    }
}

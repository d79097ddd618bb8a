package id.detak.series.csv;

import id.detak.series.Observation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Rows that are written in one transaction.
 *
 * @param lines their line numbers
 * @param unstated the positions of the rows without a quality
 */
record Batch(List<Observation> rows, long[] lines, BitSet unstated) {

    /** Large enough to hide the cost of a transaction, small enough to lose little when an import is stopped. */
    static final int SIZE = 100_000;

    Batch() {
        this(new ArrayList<>(SIZE), new long[SIZE], new BitSet());
    }

    void add(Observation row, boolean statesQuality, long line) {
        lines[rows.size()] = line;
        unstated.set(rows.size(), !statesQuality);
        rows.add(row);
    }

    boolean isFull() {
        return rows.size() == SIZE;
    }
}

package id.detak.series.csv;

import id.detak.series.Observation;
import java.util.ArrayList;
import java.util.List;

/** Rows that are written in one transaction, with the lines that they stand in. */
record Batch(List<Observation> rows, long[] lines) {

    /** Large enough for a transaction not to matter, small enough to lose little when it is stopped. */
    static final int SIZE = 100_000;

    Batch() {
        this(new ArrayList<>(SIZE), new long[SIZE]);
    }

    void add(Observation row, long line) {
        lines[rows.size()] = line;
        rows.add(row);
    }

    boolean isFull() {
        return rows.size() == SIZE;
    }
}

package id.detak.series.csv;

import id.detak.series.Observation;
import java.util.ArrayList;
import java.util.List;

/** Rows that are written in one transaction, with their line numbers. */
record Batch(List<Observation> rows, long[] lines) {

    /** Large enough to hide the cost of a transaction, small enough to lose little when an import is stopped. */
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

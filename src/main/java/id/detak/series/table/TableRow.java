package id.detak.series.table;

import java.util.List;

/**
 * A row of a table.
 *
 * @param line the line on which it starts; of a spreadsheet, the number of the row
 * @param cells numbers of a spreadsheet start with {@link #EXACT}, since their decimal mark is not in question
 */
record TableRow(long line, List<String> cells) {

    static final char EXACT = '\u0001';

    /** Empty if the row is shorter. */
    String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    boolean isEmpty() {
        return cells.stream().allMatch(String::isBlank);
    }
}

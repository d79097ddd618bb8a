package id.detak.page.changes;

import id.detak.series.history.Changes;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The sort order of the changes table.
 *
 * @param column one of {@link #COLUMNS}; null for the order in which the indicators were created
 */
record ChangesOrder(String column, boolean ascending) {

    static final String INDICATOR = "indicator";
    static final String HIGH = "high52w";
    static final String LOW = "low52w";
    /** The columns of percentages. */
    static final List<String> PERCENTS = Stream.concat(
                    Stream.of(Changes.Window.values()).map(Changes.Window::word), Stream.of(HIGH, LOW))
            .toList();

    static final List<String> COLUMNS =
            Stream.concat(Stream.of(INDICATOR), PERCENTS.stream()).toList();

    static ChangesOrder of(String sort, String dir) {
        if (sort == null || !COLUMNS.contains(sort)) {
            return new ChangesOrder(null, true);
        }
        boolean ascending = "asc".equals(dir) || !"desc".equals(dir) && ascendsFirst(sort);
        return new ChangesOrder(sort, ascending);
    }

    /** The first click sorts names from A to Z, percentages from the largest. */
    private static boolean ascendsFirst(String column) {
        return column.equals(INDICATOR);
    }

    /** The order after a click on a column: reversed if the table is sorted by it already. */
    ChangesOrder afterClickOn(String chosen) {
        return new ChangesOrder(chosen, chosen.equals(column) ? !ascending : ascendsFirst(chosen));
    }

    String query() {
        return "sort=" + column + "&dir=" + (ascending ? "asc" : "desc");
    }

    List<Changes.Item> sorted(List<Changes.Item> items) {
        return column == null ? items : items.stream().sorted(comparator()).toList();
    }

    /** Missing values come last in both directions. */
    private Comparator<Changes.Item> comparator() {
        return column.equals(INDICATOR)
                ? Comparator.comparing(Changes.Item::code, directed())
                : Comparator.comparing(
                        item -> percent(item, column), Comparator.nullsLast(this.<BigDecimal>directed()));
    }

    private <T extends Comparable<T>> Comparator<T> directed() {
        return ascending ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }

    static BigDecimal percent(Changes.Item item, String column) {
        Changes.Change change = change(item, column);
        return change == null ? null : change.changePercent();
    }

    /** The change in a column, with the day and value that it starts from; null if there is none. */
    static Changes.Change change(Changes.Item item, String column) {
        return switch (column) {
            case HIGH -> distance(item.high52w());
            case LOW -> distance(item.low52w());
            default -> item.changes().get(column);
        };
    }

    private static Changes.Change distance(Changes.Extreme extreme) {
        return new Changes.Change(extreme.distancePercent(), extreme.day(), extreme.value());
    }
}

package id.detak.page.changes;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.shared.Formats;
import id.detak.page.shared.IndicatorLabel;
import id.detak.series.history.CachedChanges;
import id.detak.series.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Collects the data of the changes page: a row per indicator, and the drawdowns, deepest first. */
@ApplicationScoped
class ChangesTable {

    private final CachedChanges changes;
    private final Indicators indicators;

    ChangesTable(CachedChanges changes, Indicators indicators) {
        this.changes = changes;
        this.indicators = indicators;
    }

    record View(List<Column> columns, List<Row> rows, List<DrawdownRow> drawdowns) {}

    /**
     * @param word its name in URLs
     * @param query the query that sorts by it, in reverse if the table is sorted by it already
     * @param sorted {@code ascending} or {@code descending}, or null
     */
    record Column(String word, String query, String sorted) {}

    record Row(IndicatorLabel indicator, String value, String day, List<Cell> cells) {}

    /**
     * @param fromDay null, like {@code fromValue}, if there is no change
     * @param missing why the change is missing, or null
     */
    record Cell(ChangeBar bar, String percent, String fromDay, String fromValue, String missing) {}

    record DrawdownRow(IndicatorLabel indicator, ChangeBar bar, String percent, String peakDay, String troughDay) {}

    View view(Formats formats, ChangesOrder order) {
        List<Changes.Item> items = changes.now();
        // read after the changes, so that an indicator discovered in between is included
        Map<String, Indicator> byCode =
                indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        Map<String, BigDecimal> largest = ChangesOrder.PERCENTS.stream()
                .collect(Collectors.toMap(Function.identity(), column -> largest(items, column)));
        return new View(
                ChangesOrder.COLUMNS.stream()
                        .map(column -> column(column, order))
                        .toList(),
                order.sorted(items).stream()
                        .map(item -> row(formats, byCode.get(item.code()), item, largest))
                        .toList(),
                drawdowns(formats, byCode, items));
    }

    private static BigDecimal largest(List<Changes.Item> items, String column) {
        return items.stream()
                .map(item -> ChangesOrder.percent(item, column))
                .filter(Objects::nonNull)
                .map(BigDecimal::abs)
                .max(Comparator.naturalOrder())
                .orElse(BigDecimal.ZERO);
    }

    private static Column column(String word, ChangesOrder order) {
        return new Column(
                word,
                order.afterClickOn(word).query(),
                !word.equals(order.column()) ? null : order.ascending() ? "ascending" : "descending");
    }

    private static Row row(Formats formats, Indicator indicator, Changes.Item item, Map<String, BigDecimal> largest) {
        return new Row(
                IndicatorLabel.of(indicator, formats.locale()),
                value(formats, indicator, item.value()),
                formats.day(item.tradingDay()),
                ChangesOrder.PERCENTS.stream()
                        .map(column -> cell(formats, indicator, item, column, largest.get(column)))
                        .toList());
    }

    private static Cell cell(
            Formats formats, Indicator indicator, Changes.Item item, String column, BigDecimal largest) {
        Changes.Change change = ChangesOrder.change(item, column);
        if (change == null || change.changePercent() == null) {
            return new Cell(
                    ChangeBar.NONE,
                    formats.percent(null),
                    null,
                    null,
                    item.missing().get(column));
        }
        return new Cell(
                ChangeBar.beside(change.changePercent(), largest),
                percent(formats, change.changePercent()),
                formats.day(change.fromDay()),
                value(formats, indicator, change.fromValue()),
                null);
    }

    private static List<DrawdownRow> drawdowns(
            Formats formats, Map<String, Indicator> byCode, List<Changes.Item> items) {
        List<Changes.Item> fallen = items.stream()
                .filter(item -> item.maxDrawdown().peakDay() != null)
                .sorted(Comparator.comparing(item -> item.maxDrawdown().percent()))
                .toList();
        return fallen.stream()
                .map(item -> {
                    Changes.Drawdown fall = item.maxDrawdown();
                    return new DrawdownRow(
                            IndicatorLabel.of(byCode.get(item.code()), formats.locale()),
                            ChangeBar.along(
                                    fall.percent(), fallen.get(0).maxDrawdown().percent()),
                            percent(formats, fall.percent()),
                            formats.day(fall.peakDay()),
                            formats.day(fall.troughDay()));
                })
                .toList();
    }

    private static String value(Formats formats, Indicator indicator, BigDecimal value) {
        return formats.value(value, indicator);
    }

    private static String percent(Formats formats, BigDecimal percent) {
        return formats.roundedPercent(percent);
    }
}

package id.detak.page.changes;

import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.page.shared.Formats;
import id.detak.series.history.CachedChanges;
import id.detak.series.history.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The changes as a reader sees them: a row for each indicator, and the worst falls, the deepest first. */
@ApplicationScoped
class ChangesTable {

    private final CachedChanges changes;
    private final Indicators indicators;

    ChangesTable(CachedChanges changes, Indicators indicators) {
        this.changes = changes;
        this.indicators = indicators;
    }

    record View(List<Column> columns, List<Row> rows, List<Fall> falls) {
    }

    /**
     * @param word as it stands in addresses
     * @param query that sorts by it; the other way where it is sorted by already
     * @param sorted {@code ascending} or {@code descending}, or null
     */
    record Column(String word, String query, String sorted) {
    }

    /** @param address its code in the query of an address */
    record Name(String code, String address, String name, boolean discovered, boolean fund) {

        static Name of(Indicator indicator, Formats formats) {
            return new Name(indicator.code(), URLEncoder.encode(indicator.address(), StandardCharsets.UTF_8), indicator.name(formats.locale()), indicator.isDiscovered(), !indicator.hasLevel());
        }
    }

    record Row(Name indicator, String value, String day, List<Cell> cells) {
    }

    /** @param fromDay null, as {@code fromValue}, where history does not reach */
    record Cell(ChangeBar bar, String percent, String fromDay, String fromValue) {
    }

    record Fall(Name indicator, ChangeBar bar, String percent, String peakDay, String troughDay) {
    }

    View view(Formats formats, ChangesOrder order) {
        List<Changes.Item> items = changes.now();
        // asked for afterwards: one that is discovered in between is among them
        Map<String, Indicator> byCode = indicators.all().stream().collect(Collectors.toMap(Indicator::code, Function.identity()));
        Map<String, BigDecimal> largest = ChangesOrder.PERCENTS.stream().collect(Collectors.toMap(Function.identity(), column -> largest(items, column)));
        return new View(ChangesOrder.COLUMNS.stream().map(column -> column(column, order)).toList(),
                order.sorted(items).stream().map(item -> row(formats, byCode.get(item.code()), item, largest)).toList(), falls(formats, byCode, items));
    }

    private static BigDecimal largest(List<Changes.Item> items, String column) {
        return items.stream().map(item -> ChangesOrder.percent(item, column)).filter(Objects::nonNull).map(BigDecimal::abs).max(Comparator.naturalOrder()).orElse(BigDecimal.ZERO);
    }

    private static Column column(String word, ChangesOrder order) {
        return new Column(word, order.choosing(word).query(), !word.equals(order.column()) ? null : order.ascending() ? "ascending" : "descending");
    }

    private static Row row(Formats formats, Indicator indicator, Changes.Item item, Map<String, BigDecimal> largest) {
        return new Row(Name.of(indicator, formats), value(formats, indicator, item.value()), formats.day(item.tradingDay()),
                ChangesOrder.PERCENTS.stream().map(column -> cell(formats, indicator, ChangesOrder.change(item, column), largest.get(column))).toList());
    }

    private static Cell cell(Formats formats, Indicator indicator, Changes.Change change, BigDecimal largest) {
        if (change == null || change.changePercent() == null) {
            return new Cell(ChangeBar.NONE, formats.percent(null), null, null);
        }
        return new Cell(ChangeBar.beside(change.changePercent(), largest), percent(formats, change.changePercent()), formats.day(change.fromDay()), value(formats, indicator, change.fromValue()));
    }

    private static List<Fall> falls(Formats formats, Map<String, Indicator> byCode, List<Changes.Item> items) {
        List<Changes.Item> fallen = items.stream().filter(item -> item.maxDrawdown().peakDay() != null)
                .sorted(Comparator.comparing(item -> item.maxDrawdown().percent())).toList();
        return fallen.stream().map(item -> {
            Changes.Drawdown fall = item.maxDrawdown();
            return new Fall(Name.of(byCode.get(item.code()), formats), ChangeBar.along(fall.percent(), fallen.get(0).maxDrawdown().percent()), percent(formats, fall.percent()),
                    formats.day(fall.peakDay()), formats.day(fall.troughDay()));
        }).toList();
    }

    private static String value(Formats formats, Indicator indicator, BigDecimal value) {
        return formats.measured(value, null, indicator.decimals());
    }

    private static String percent(Formats formats, BigDecimal percent) {
        return formats.measured(null, percent, null);
    }
}

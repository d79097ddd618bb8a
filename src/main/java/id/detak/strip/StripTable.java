package id.detak.strip;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the cells of a table into the order of a strip's items: label, value, change, percent. The meaning of a column
 * comes from its head. Without a head, a row is an item as it stands. A table that has a head with a column of unknown
 * meaning is refused: its rows are not understood.
 */
final class StripTable {

    private enum Column {
        LABEL(
                "indikator",
                "indeks",
                "index",
                "nama",
                "name",
                "kode",
                "code",
                "symbol",
                "simbol",
                "instrumen",
                "indicator",
                "komoditas",
                "mata uang",
                "produk",
                "pasar",
                "data pasar",
                "indikator pasar",
                "market",
                "instrument",
                "jenis",
                "keterangan",
                "indeks saham"),
        VALUE(
                "nilai",
                "terakhir",
                "harga",
                "last",
                "value",
                "price",
                "posisi",
                "level",
                "penutupan",
                "close",
                "kurs",
                "harga terakhir",
                "last price",
                "poin",
                "hari ini",
                "nilai terakhir",
                "terkini",
                "nilai terkini",
                "harga terkini",
                "harga penutupan",
                "closing",
                "harga (rp)"),
        /** The value. None if there is a buying price, too, because the page does not say which one it means. */
        SELL("jual", "harga jual", "sell", "ask"),
        BUY("beli", "harga beli", "buy", "bid"),
        CHANGE(
                "perubahan",
                "change",
                "chg",
                "+/-",
                "+/−",
                "±",
                "selisih",
                "naik/turun",
                "perubahan (poin)",
                "poin perubahan",
                "net change",
                "chg.",
                "perub",
                "perub.",
                "naik / turun"),
        PERCENT(
                "%",
                "persen",
                "persentase",
                "percent",
                "perubahan (%)",
                "perubahan %",
                "% perubahan",
                "change (%)",
                "change %",
                "% change",
                "chg %",
                "%chg",
                "chg%",
                "% chg",
                "(%)",
                "change%",
                "pct",
                "persen (%)",
                "+/- (%)",
                "+/-%",
                "perub (%)",
                "perub. (%)",
                "perubahan(%)",
                "% perub",
                "%change"),
        /** The change of a day, in points or percent as its numbers say. */
        DAY("1 hari", "harian", "1d"),
        OTHER(
                "waktu",
                "time",
                "jam",
                "tanggal",
                "date",
                "sebelumnya",
                "previous",
                "prev",
                "kemarin",
                "prev close",
                "penutupan sebelumnya",
                "previous close",
                "buyback",
                "buy back",
                "open",
                "high",
                "low",
                "pembukaan",
                "tertinggi",
                "terendah",
                "volume",
                "ytd",
                "mtd",
                "wtd",
                "1 minggu",
                "1 bulan",
                "3 bulan",
                "6 bulan",
                "1 tahun",
                "1w",
                "1m",
                "3m",
                "6m",
                "1y",
                "satuan",
                "unit"),
        /** It has no data. */
        NUMBER("grafik", "chart", "no", "no.", "#");

        private final Set<String> heads;

        Column(String... heads) {
            this.heads = Arrays.stream(heads).collect(Collectors.toUnmodifiableSet());
        }

        static Column of(String head) {
            String text = head.toLowerCase(Locale.ROOT).strip();
            for (Column column : values()) {
                if (column.heads.contains(text)) {
                    return column;
                }
            }
            return null;
        }
    }

    /**
     * The items of a table.
     *
     * @param heading a heading of a strip at the head of the table; empty if there is none
     */
    record Items(String heading, List<String> items) {

        /** @param open whether the page ends within the last item */
        void writeTo(PageText.Builder text, boolean open) {
            text.boundary();
            text.add(heading);
            for (String item : items) {
                text.item();
                for (String cell : item.split("\n")) {
                    text.add(cell);
                    text.boundary();
                }
                if (open && item == items.get(items.size() - 1)) {
                    text.open();
                }
                text.end();
            }
            text.section();
        }
    }

    /** A cell that is a part of the one before it. */
    static final String SPANNED = " ";

    private final Predicate<String> known;
    private final List<List<String>> rows;

    /** @param known whether a text is a known label */
    StripTable(List<List<String>> rows, Predicate<String> known) {
        this.rows = rows;
        this.known = known;
    }

    Items items() {
        int head = 0;
        while (head < rows.size() && isTitle(head)) {
            head++;
        }
        List<String> items = new ArrayList<>();
        int titles = head;
        if (head < rows.size() && transposed(rows.get(head))) {
            items.addAll(transposedItems(head));
        } else if (head < rows.size() && isHead(rows.get(head))) {
            items.addAll(columnItems(rows.get(head), head + 1));
            titles = head + 1;
        } else {
            List<List<String>> data = withoutRanks(rows.subList(head, rows.size()));
            data.forEach(row -> items.add(lacksItsValue(row, data) ? refused(row) : line(row)));
        }
        String heading = rows.subList(0, titles).stream()
                .flatMap(row -> Stream.concat(Stream.of(text(row)), row.stream()))
                .filter(text -> StripHeader.isHeader(text) || StripHeader.isHeading(text))
                .findFirst()
                .orElse("");
        for (int i = head - 1; i >= 0; i--) {
            if (!text(rows.get(i)).equals(heading)) {
                items.add(0, text(rows.get(i)));
            }
        }
        return new Items(heading, items);
    }

    private boolean isTitle(int index) {
        List<String> row = rows.get(index);
        return filled(row) == 1
                        && (!Prose.hasNumber(text(row)) || index + 1 < rows.size() && isHead(rows.get(index + 1)))
                || StripHeader.isHeader(text(row));
    }

    /** Whether the first row has no number but at least one word that names a column, or is made of years. */
    private boolean isHead(List<String> row) {
        long named =
                row.stream().map(Column::of).filter(column -> column != null).count();
        boolean years = row.stream()
                        .filter(cell -> cell.matches("(19|20)\\d\\d[EFef*]?"))
                        .count()
                > 0;
        boolean numbers = row.stream()
                .anyMatch(cell -> StripCharacters.hasDigit(cell)
                        && !cell.matches("(19|20)\\d\\d[EFef*]?")
                        && Column.of(cell) == null);
        return rows.size() > 1
                && filled(row) > 1
                && !numbers
                && (years || named > 0)
                && row.stream().noneMatch(known);
    }

    /** Takes a selling price for the value if no other column can be it. */
    private static List<Column> resolved(List<Column> columns) {
        boolean value = columns.contains(Column.SELL) && !columns.contains(Column.BUY);
        return columns.stream()
                .map(column -> column == Column.NUMBER
                        ? Column.OTHER
                        : column == Column.SELL || column == Column.BUY ? value ? Column.VALUE : null : column)
                .toList();
    }

    /** The heads of columns or rows whose numbers are not read. */
    private static List<String> unused(List<String> heads) {
        List<String> unused =
                heads.stream().filter(head -> Column.of(head) == Column.OTHER).toList();
        return unused.isEmpty() ? List.of() : List.of(refused(unused));
    }

    private List<String> columnItems(List<String> head, int from) {
        List<Column> named = new ArrayList<>();
        for (String cell : head) {
            named.add(
                    named.isEmpty()
                                    && (cell.isBlank()
                                            || Column.of(cell) == null
                                                    && rows.subList(from, rows.size()).stream()
                                                            .anyMatch(row -> !row.isEmpty() && known.test(row.get(0))))
                            ? Column.LABEL
                            : Column.of(cell));
        }
        List<Column> columns = resolved(named);
        boolean matched = !columns.contains(null)
                && columns.get(0) == Column.LABEL | columns.get(0) == Column.OTHER
                && columns.contains(Column.LABEL)
                && columns.contains(Column.VALUE) | columns.contains(Column.PERCENT)
                && columns.stream()
                                .filter(column -> column != Column.OTHER)
                                .distinct()
                                .count()
                        == columns.stream()
                                .filter(column -> column != Column.OTHER)
                                .count();
        List<String> items = new ArrayList<>(matched ? unused(head) : List.of());
        for (List<String> row : rows.subList(from, rows.size())) {
            if (filled(row) == 1 && !hasDigit(row)) {
                items.add(line(row)); // the heading of a group
            } else if (filled(row) > 0) {
                items.add(matched && row.size() == columns.size() ? item(columns, row) : refused(row));
            }
        }
        return items;
    }

    private boolean transposed(List<String> row) {
        long labels = row.stream().filter(known).count();
        return labels > 1
                && row.stream().skip(1).allMatch(cell -> known.test(cell) || !StripCharacters.hasDigit(cell))
                && rows.size() > 1;
    }

    private List<String> transposedItems(int head) {
        List<String> labels = rows.get(head);
        boolean named = labels.get(0).isBlank() || !known.test(labels.get(0));
        List<Column> names = new ArrayList<>();
        List<List<String>> data = rows.subList(head + 1, rows.size());
        Column[] inOrder = {Column.VALUE, Column.CHANGE, Column.PERCENT};
        for (int i = 0; i < data.size(); i++) {
            List<String> row = data.get(i);
            names.add(named ? row.isEmpty() ? null : Column.of(row.get(0)) : i < inOrder.length ? inOrder[i] : null);
        }
        List<Column> meaning = resolved(names);
        boolean matched = !meaning.contains(null)
                && data.stream().allMatch(row -> row.size() == labels.size())
                && meaning.stream().distinct().count() == meaning.size()
                && !meaning.contains(Column.LABEL);
        List<String> items = new ArrayList<>();
        if (matched && named) {
            items.addAll(unused(data.stream().map(row -> row.get(0)).toList()));
        }
        for (int column = named ? 1 : 0; column < labels.size(); column++) {
            List<Column> columns = new ArrayList<>(List.of(Column.LABEL));
            List<String> row = new ArrayList<>(List.of(labels.get(column)));
            for (int i = 0; i < data.size(); i++) {
                columns.add(matched ? meaning.get(i) : Column.OTHER);
                row.add(column < data.get(i).size() ? data.get(i).get(column) : "");
            }
            items.add(matched ? item(columns, row) : refused(row));
        }
        return items;
    }

    private static String item(List<Column> columns, List<String> row) {
        Map<Column, String> cells = new EnumMap<>(Column.class);
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i) != Column.OTHER && !row.get(i).isBlank()) {
                cells.put(columns.get(i), row.get(i));
            }
        }
        String percent = cells.get(Column.PERCENT);
        if (percent != null && percent.indexOf('%') < 0 && StripCharacters.hasDigit(percent)) {
            cells.put(Column.PERCENT, percent + "%");
        }
        String day = cells.remove(Column.DAY);
        boolean other = cells.containsKey(Column.CHANGE) || cells.containsKey(Column.PERCENT);
        if (day != null && !other) {
            cells.put(day.indexOf('%') >= 0 ? Column.PERCENT : Column.DAY, day);
        }
        String change = cells.get(Column.CHANGE);
        if (change != null && change.indexOf('%') < 0) {
            cells.put(Column.CHANGE, StripCharacters.DELTA + change);
        }
        String value = cells.get(Column.VALUE);
        if (value != null && value.indexOf('%') >= 0) {
            return refused(row);
        }
        return String.join("\n", cells.values());
    }

    /**
     * Whether the cell behind the label is empty, but not in every row, or before a number with a sign: then the next
     * one is no value. A percent is never taken for a value.
     */
    private boolean lacksItsValue(List<String> row, List<List<String>> rows) {
        int index = labelIndex(row) + 1;
        return index > 0
                && index + 1 < row.size()
                && row.get(index).isBlank()
                && !row.get(index).equals(SPANNED)
                && !nextFilled(row, index).contains("%")
                && (rows.size() == 1
                        || rows.stream()
                                .anyMatch(other -> index + 1 < other.size()
                                        && (StripCharacters.hasDigit(other.get(index))
                                                || MarkupSign.ofPrinted(other.get(index + 1)) != 0)));
    }

    private static String nextFilled(List<String> row, int index) {
        return row.stream()
                .skip(index)
                .filter(cell -> !cell.isBlank())
                .findFirst()
                .orElse("");
    }

    /** The index of the known label, or else of the first cell with a word; -1 if there is none. */
    private int labelIndex(List<String> row) {
        int first = -1;
        for (int i = 0; i < row.size(); i++) {
            if (known.test(row.get(i))) {
                return i;
            }
            first = first < 0 && row.get(i).chars().anyMatch(Character::isLetter) ? i : first;
        }
        return first;
    }

    /** The rows without a first column that counts them. */
    private static List<List<String>> withoutRanks(List<List<String>> rows) {
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            if (row.size() < 2
                    || !row.get(0).matches(i + 1 + "\\.?")
                    || !row.get(1).matches("\\p{L}.*")) {
                return rows;
            }
        }
        return rows.size() < 2
                ? rows
                : rows.stream().map(row -> row.subList(1, row.size())).toList();
    }

    private static String line(List<String> row) {
        return row.stream().filter(cell -> !cell.isBlank()).collect(Collectors.joining("\n"));
    }

    private static String text(List<String> row) {
        return String.join(" ", row).strip();
    }

    private static String refused(List<String> row) {
        return row.stream()
                .filter(cell -> !cell.isBlank())
                .collect(Collectors.joining(" " + StripCharacters.REFUSED + " "));
    }

    private static long filled(List<String> row) {
        return row.stream().filter(cell -> !cell.isBlank()).count();
    }

    private static boolean hasDigit(List<String> row) {
        return row.stream().anyMatch(StripCharacters::hasDigit);
    }
}

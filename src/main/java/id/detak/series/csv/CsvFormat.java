package id.detak.series.csv;

import java.util.List;
import java.util.Locale;

/** The columns in the order of an export. An import accepts any order and any case. */
public final class CsvFormat {

    /** The last three are those of a day's own range, which a file of days has. */
    static final List<String> COLUMNS = List.of(
            "code",
            "observed_at",
            "value",
            "change",
            "change_percent",
            "quality",
            "trading_day",
            "open",
            "high",
            "low");

    public static final String HEADER = String.join(",", COLUMNS);

    /**
     * One row. In a session of Asia/Jakarta PostgreSQL prints 2026-11-25 09:30:00+07, without T and without the minutes
     * of the offset.
     */
    static final String SELECT = """
            select i.code, replace(o.observed_at::text, ' ', 'T') || ':00' as observed_at, o.value, o.change, o.change_percent, o.quality,
                   o.trading_day, o.open, o.high, o.low
            from observation o join indicator i on i.id = o.indicator_id
            """;

    private CsvFormat() {}

    /** The names of the columns in a header line, in lower case. */
    static List<String> names(List<String> header) {
        return header.stream()
                .map(name ->
                        name.replace("\uFEFF", "").replace("\"", "").strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Whether a line is the header of such a file. */
    public static boolean isHeader(String line) {
        List<String> names = names(List.of(line.split(",")));
        return names.contains("code") && names.contains("observed_at");
    }
}

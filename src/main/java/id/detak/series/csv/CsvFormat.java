package id.detak.series.csv;

import java.util.List;

/** The columns in the order of an export. An import accepts any order. */
public final class CsvFormat {

    static final List<String> COLUMNS = List.of("code", "observed_at", "value", "change", "change_percent", "quality");
    public static final String HEADER = String.join(",", COLUMNS);

    /**
     * One row. In a session of Asia/Jakarta PostgreSQL prints 2026-11-25 09:30:00+07, without T and without the minutes
     * of the offset.
     */
    static final String SELECT = """
            select i.code, replace(o.observed_at::text, ' ', 'T') || ':00' as observed_at, o.value, o.change, o.change_percent, o.quality
            from observation o join indicator i on i.id = o.indicator_id
            """;

    private CsvFormat() {}

    /** Whether a line is the header of such a file. */
    public static boolean isHeader(String line) {
        List<String> names =
                List.of(line.replace("\uFEFF", "").replace("\"", "").strip().split("\\s*,\\s*"));
        return names.contains("code") && names.contains("observed_at");
    }
}

package id.detak.series.csv;

import java.util.List;

/** The columns, in the order in which they are written; they are read in any order. */
public final class CsvFormat {

    static final List<String> COLUMNS = List.of("code", "observed_at", "value", "change", "change_percent", "quality");
    public static final String HEADER = String.join(",", COLUMNS);

    /**
     * One row. JSON's form of a time is the one with T and offset, in the session's zone; PostgreSQL has no faster way to it.
     */
    static final String SELECT = """
            select i.code, trim(both '"' from to_json(o.observed_at)::text) as observed_at, o.value, o.change, o.change_percent, o.quality
            from observation o join indicator i on i.id = o.indicator_id
            """;

    private CsvFormat() {
    }

    /** Whether that is the header line of such a file. */
    public static boolean isHeader(String line) {
        List<String> names = List.of(line.replace("\uFEFF", "").replace("\"", "").strip().split("\\s*,\\s*"));
        return names.contains("code") && names.contains("observed_at");
    }
}

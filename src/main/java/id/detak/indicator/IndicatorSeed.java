package id.detak.indicator;

import id.detak.platform.DataFolder;
import id.detak.strip.KnownLabel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of {@code indicators.csv}.
 *
 * @param labels what the strip calls it; several are separated by {@code |} in the file
 * @param decimals of its value
 */
public record IndicatorSeed(String code, List<String> labels, String nameId, String nameEn, Kind kind, String unit, short decimals) {

    static final String FILE = "indicators.csv";

    public IndicatorSeed {
        if (!Indicator.isCode(code)) {
            throw new IllegalArgumentException("'" + code + "' cannot be a code: it is a letter, and letters, digits, blanks or ./&+()'- behind it, 40 at most");
        }
    }

    /** The indicators of the resource, in its order. */
    public static List<IndicatorSeed> builtIn() {
        return CsvFile.resource(FILE).rows(IndicatorSeed::of);
    }

    /** The resource, with the rows of the file of the same name in the data folder in place of those with the same code. */
    public static List<IndicatorSeed> of(DataFolder folder) {
        Map<String, IndicatorSeed> byCode = new LinkedHashMap<>();
        builtIn().forEach(seed -> byCode.put(seed.code(), seed));
        CsvFile.in(folder.path(), FILE).ifPresent(file -> file.rows(IndicatorSeed::of).forEach(seed -> byCode.put(seed.code(), seed)));
        return new ArrayList<>(byCode.values());
    }

    /** The labels that a parser should know. */
    public static List<KnownLabel> labels(List<IndicatorSeed> seeds) {
        return seeds.stream().flatMap(seed -> seed.labels().stream().map(label -> new KnownLabel(label, seed.code()))).toList();
    }

    private static IndicatorSeed of(CsvFile.Row row) {
        return new IndicatorSeed(row.text("code"), Arrays.asList(row.text("labels").split("\\|")), row.text("name_id"), row.text("name_en"),
                Kind.of(row.text("kind")), row.text("unit"), Short.parseShort(row.text("decimals")));
    }
}

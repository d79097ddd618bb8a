package id.detak.indicator;

import id.detak.platform.DataFolder;
import id.detak.strip.KnownLabel;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A row of {@code indicators.csv}.
 *
 * @param labels the names in the strip, separated by {@code |} in the file
 * @param decimals number of decimals of a value
 */
public record IndicatorSeed(
        String code, List<String> labels, String nameId, String nameEn, Kind kind, String unit, short decimals) {

    static final String FILE = "indicators.csv";

    public IndicatorSeed {
        if (!Indicator.isCode(code)) {
            throw new IllegalArgumentException(
                    "'" + code
                            + "' cannot be a code: a code starts with a letter, followed by letters, digits, blanks or ./&+()'-, at most 40 characters");
        }
    }

    /** The built-in indicators, in the order of the file. */
    public static List<IndicatorSeed> builtIn() {
        return CsvFile.resource(FILE).rows(IndicatorSeed::of);
    }

    /**
     * The built-in indicators; rows of the user's file replace those with the same code.
     *
     * @throws BadDataFileException if a row of the user's file has an error, or a label that belongs to another code
     */
    public static List<IndicatorSeed> of(DataFolder folder) {
        Map<String, IndicatorSeed> byCode = new LinkedHashMap<>();
        builtIn().forEach(seed -> byCode.put(seed.code(), seed));
        CsvFile.in(folder.path(), FILE).ifPresent(file -> {
            file.rows(IndicatorSeed::of).forEach(seed -> byCode.put(seed.code(), seed));
            // a later row may have taken the label from its code, so labels are compared once all rows are read
            file.rows(row -> of(row).requireOwnLabels(byCode.values()));
        });
        return List.copyOf(byCode.values());
    }

    /** The parser finds a label once, so a second indicator with the same label would never get a value. */
    private IndicatorSeed requireOwnLabels(Collection<IndicatorSeed> all) {
        for (IndicatorSeed other : all) {
            for (String label : labels) {
                if (!other.code.equals(code) && other.labels.stream().anyMatch(label::equalsIgnoreCase)) {
                    throw new IllegalArgumentException("the label '" + label + "' belongs to the code " + other.code
                            + ". Write " + other.code + " as the code of this row, or add a row for " + other.code
                            + " without that label");
                }
            }
        }
        return this;
    }

    /** The labels that the parser searches for. */
    public static List<KnownLabel> labels(List<IndicatorSeed> seeds) {
        return seeds.stream()
                .flatMap(seed -> seed.labels().stream()
                        .map(label -> new KnownLabel(label, seed.code(), seed.decimals(), seed.kind() == Kind.FUND)))
                .toList();
    }

    private static IndicatorSeed of(CsvFile.Row row) {
        return new IndicatorSeed(
                row.text("code"),
                Arrays.asList(row.text("labels").split("\\|")),
                row.text("name_id"),
                row.text("name_en"),
                Kind.of(row.text("kind")),
                row.text("unit"),
                Short.parseShort(row.text("decimals")));
    }
}

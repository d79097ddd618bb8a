package id.detak.series.table;

import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import id.detak.platform.Word;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a user says about a file. Everything may be absent.
 *
 * @param codes the indicators: of a table without codes, the one; of a table with codes, those to take
 * @param columns the names of the columns by their meaning, if only these shall be read
 * @param dates null: from the file
 * @param decimal a dot, a comma, or null: from the file
 * @param profile null: from the file
 * @param zone of times without an offset
 * @param asOptions whether advice names options of a command rather than parameters of a request
 */
public record TableOptions(
        List<String> codes,
        Map<Field, String> columns,
        DateOrder dates,
        Character decimal,
        Profile profile,
        ZoneId zone,
        boolean asOptions) {

    public static final TableOptions NONE = of(null, null, null, null, null, null, true);

    /**
     * @param codes separated by commas
     * @param columns such as {@code date=Tanggal,value=Terakhir}
     * @throws RejectedException if one of them cannot be read
     */
    public static TableOptions of(
            String codes,
            String columns,
            String dates,
            String decimal,
            String profile,
            String zone,
            boolean asOptions) {
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            throw RejectedException.invalid("decimal must be a dot or a comma.");
        }
        return new TableOptions(
                codes == null
                        ? List.of()
                        : Arrays.stream(codes.split(","))
                                .map(String::strip)
                                .filter(code -> !code.isEmpty())
                                .toList(),
                columns(columns),
                dates == null ? null : DateOrder.of(dates),
                decimal == null ? null : decimal.charAt(0),
                profile == null ? null : Profile.of(profile),
                zone(zone),
                asOptions);
    }

    private static Map<Field, String> columns(String text) {
        Map<Field, String> columns = new EnumMap<>(Field.class);
        for (String pair : text == null || text.isBlank() ? new String[0] : text.split(",")) {
            int at = pair.indexOf('=');
            Field field = Word.find(
                            Field.class,
                            at < 0 ? "" : pair.substring(0, at).strip().toLowerCase(Locale.ROOT))
                    .orElseThrow(
                            () -> RejectedException.invalid(
                                    "columns must be pairs such as date=Tanggal,value=Terakhir; the left sides are date, time, code,"
                                            + " value, open, high, low, change, change_percent, buy, sell, quality and trading_day."));
            columns.put(field, pair.substring(at + 1).strip());
        }
        return columns;
    }

    private static ZoneId zone(String zone) {
        try {
            return zone == null ? Wib.ZONE : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw RejectedException.invalid("zone must be a time zone such as Asia/Jakarta or Europe/Warsaw.");
        }
    }

    /** Whether nothing is said, so that Detak's own rows are read as they are. */
    public boolean isEmpty() {
        return codes.isEmpty() && columns.isEmpty() && dates == null && decimal == null && profile == null;
    }

    /** An option as the user writes it. */
    String advice(String name, String value) {
        return asOptions ? "--" + name + " " + value : name + "=" + value;
    }
}

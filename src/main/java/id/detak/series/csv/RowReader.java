package id.detak.series.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.indicator.Indicator;
import id.detak.indicator.Kind;
import id.detak.platform.RejectedException;
import id.detak.series.Observation;
import id.detak.series.QualityReason;
import id.detak.strip.Quality;
import id.detak.strip.Quote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Reads observations from rows, without trading day, which depends on earlier rows. */
final class RowReader {

    private static final int MAX_NUMBER = 32;

    private final int[] column;
    private final int columns;
    private final Function<String, Indicator> indicators;
    private final Instant latest;
    private final RowTime time = new RowTime();
    private final Map<String, Indicator> known = new HashMap<>();

    /**
     * @param indicators finds or creates the indicator of a code
     * @param latest later rows are rejected as future
     * @throws BadRowException if the columns do not match the format
     */
    RowReader(List<String> header, Function<String, Indicator> indicators, Instant latest) {
        List<String> names = new ArrayList<>(header);
        names.replaceAll(String::strip);
        for (String name : names) {
            if (!CsvFormat.COLUMNS.contains(name)) {
                throw new BadRowException("there is no column '" + name + "': the columns are " + CsvFormat.HEADER);
            }
        }
        if (!names.contains("code")
                || !names.contains("observed_at")
                || !names.contains("value") && !names.contains("change_percent")
                || names.stream().distinct().count() < names.size()) {
            throw new BadRowException("the header line must name the columns " + CsvFormat.HEADER + ", each once");
        }
        this.column = CsvFormat.COLUMNS.stream().mapToInt(names::indexOf).toArray();
        this.columns = names.size();
        this.indicators = indicators;
        this.latest = latest;
    }

    /** @throws BadRowException if the row cannot be read */
    Observation read(CsvRecord row) {
        if (row.getFieldCount() != columns) {
            throw new BadRowException("it has " + row.getFieldCount() + " fields, and the header line " + columns);
        }
        Instant observedAt = time.read(field(row, 1));
        if (observedAt.isAfter(latest)) {
            throw new BadRowException("observed_at " + field(row, 1) + " lies in the future");
        }
        BigDecimal value = number(row, 2);
        BigDecimal change = number(row, 3);
        BigDecimal percent = number(row, 4);
        if (value == null && percent == null) {
            throw new BadRowException("it has neither value nor change_percent");
        }
        if (value != null && value.signum() <= 0) {
            throw new BadRowException("value must be greater than 0");
        }
        if (change != null && value == null) {
            throw new BadRowException("change requires value");
        }
        Indicator indicator = indicator(field(row, 0));
        if (indicator.kind() == Kind.FUND && value != null) {
            throw new BadRowException("value: " + indicator.code() + " is a fund, which has only change_percent");
        }
        Quality quality = quality(field(row, 5), indicator, value, change, percent);
        return new Observation(
                indicator.id(),
                observedAt,
                value,
                change,
                percent,
                previousClose(indicator, value, change, percent, quality),
                quality,
                quality == Quality.SUSPECT && !statesQuality(row) ? QualityReason.CHECK_FAILED : null,
                null,
                null);
    }

    /** Whether a row says how far its numbers can be trusted. If it does not, they are checked like those of a page. */
    boolean statesQuality(CsvRecord row) {
        return !field(row, 5).isEmpty();
    }

    private String field(CsvRecord row, int index) {
        return column[index] < 0 ? "" : row.getField(column[index]);
    }

    private Indicator indicator(String text) {
        Indicator indicator = known.get(text);
        if (indicator == null) {
            String code = text.strip().toUpperCase(Locale.ROOT);
            if (!Indicator.isCode(code)) {
                throw new BadRowException("'" + code + "' cannot be a code");
            }
            try {
                indicator = indicators.apply(code);
            } catch (RejectedException e) {
                throw new BadRowException(e.getMessage());
            }
            known.put(text, indicator);
        }
        return indicator;
    }

    private BigDecimal number(CsvRecord row, int index) {
        String text = field(row, index);
        if (text.isEmpty()) {
            return null;
        }
        if (!isPlainNumber(text)) {
            throw new BadRowException(
                    CsvFormat.COLUMNS.get(index) + " '" + text + "' is no plain number with a dot as decimal mark");
        }
        return new BigDecimal(text);
    }

    /** Digits with an optional minus and at most one dot between them; no exponent, limited length. */
    private static boolean isPlainNumber(String text) {
        int start = text.charAt(0) == '-' ? 1 : 0;
        int dots = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.') {
                dots++;
            } else if (c < '0' || c > '9') {
                return false;
            }
        }
        return text.length() <= MAX_NUMBER
                && text.length() > start
                && dots <= 1
                && text.charAt(start) != '.'
                && text.charAt(text.length() - 1) != '.';
    }

    /** A row keeps its quality. A row without one is checked like a quote. */
    private static Quality quality(
            String text, Indicator indicator, BigDecimal value, BigDecimal change, BigDecimal percent) {
        return switch (text) {
            case "ok" -> Quality.OK;
            case "unchecked" -> Quality.UNCHECKED;
            case "suspect" -> Quality.SUSPECT;
            case "implied" -> {
                if (value == null) {
                    throw new BadRowException("an implied close is a value");
                }
                yield Quality.IMPLIED;
            }
            case "" -> Quote.judged(indicator.code(), value, change, percent).quality();
            default ->
                throw new BadRowException(
                        "quality must be one of ok, unchecked, suspect, implied, or empty, not '" + text + "'");
        };
    }

    /**
     * The previous close as in a quote. If the code is not a currency pair, it is value minus change, regardless of the
     * percentage.
     */
    private static BigDecimal previousClose(
            Indicator indicator, BigDecimal value, BigDecimal change, BigDecimal percent, Quality quality) {
        if (value == null || change == null || quality == Quality.SUSPECT || quality == Quality.IMPLIED) {
            return null;
        }
        if (Quote.isCurrencyPair(indicator.code())) {
            return Quote.judged(indicator.code(), value, change, percent).previousClose();
        }
        BigDecimal previous = value.subtract(change);
        return previous.signum() > 0 ? previous : null;
    }
}

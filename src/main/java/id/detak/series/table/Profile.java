package id.detak.series.table;

import static id.detak.series.table.Field.BUY;
import static id.detak.series.table.Field.CHANGE;
import static id.detak.series.table.Field.CHANGE_PERCENT;
import static id.detak.series.table.Field.CODE;
import static id.detak.series.table.Field.DATE;
import static id.detak.series.table.Field.HIGH;
import static id.detak.series.table.Field.LOW;
import static id.detak.series.table.Field.OPEN;
import static id.detak.series.table.Field.SELL;
import static id.detak.series.table.Field.TIME;
import static id.detak.series.table.Field.TRADING_DAY;
import static id.detak.series.table.Field.VALUE;

import id.detak.platform.RejectedException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A kind of table, known by its header line and its first values. The order matters: the first that fits is taken. */
public enum Profile {
    /** The columns of Detak's export, in a file that a spreadsheet has changed. */
    DETAK('.', t -> t.has("code") && t.hasAny("observed_at", "trading_day") && t.hasAny("value", "change_percent")),
    /** Detak's history of bars. */
    DETAK_BARS('.', t -> t.has("code", "start", "count") && t.hasAny("close", "value")),
    INVESTING('.', t -> t.has("date", "price", "open", "high", "low")),
    INVESTING_ID(',', t -> t.has("tanggal", "terakhir", "pembukaan", "tertinggi", "terendah")),
    YAHOO('.', t -> t.has("date", "open", "high", "low", "close", "adj close")),
    /** With the value of the first row: {@code 3/2/2021 16:00:00}. */
    GOOGLE(null, t -> t.has("date", "close") && t.firstIs("date", Tests.GOOGLE_TIME)),
    STOOQ('.', t -> t.firstIs("date", Tests.ISO_DAY) && t.isOnly(Tests.STOOQ) && t.has("open", "high", "low", "close")),
    STOOQ_PL('.', t -> t.has("data", "otwarcie", "najwyzszy", "najnizszy", "zamkniecie")),
    /** Bulk files of Stooq, with names such as {@code <CLOSE>}. */
    STOOQ_BULK('.', t -> t.has("ticker", "per", "date", "open", "high", "low", "close")),
    /** The summary of all indices on one day. */
    IDX(
            null,
            t -> t.hasAny("index code", "indexcode", "kode indeks")
                    && t.hasAny("close", "penutupan")
                    && t.hasAny("previous", "sebelumnya")),
    JISDOR(null, t -> t.isOnly(Tests.JISDOR) && t.hasAny("kurs", "rate", "jisdor") && t.mentions("jisdor")),
    GOLD(null, t -> t.columns().keySet().containsAll(List.of(DATE, BUY, SELL))),
    PANDAS(
            '.',
            t -> t.delimiter() == ','
                    && (t.names().get(0).isEmpty() || t.names().get(0).equals("unnamed: 0"))),
    /** Semicolons, tabs, or a spreadsheet. */
    EXCEL(null, t -> t.delimiter() != ','),
    CSV(null, t -> true);

    private final Character decimal;
    private final Predicate<Candidate> fits;

    /** @param decimal the decimal mark that the origin always writes, or null */
    Profile(Character decimal, Predicate<Candidate> fits) {
        this.decimal = decimal;
        this.fits = fits;
    }

    /**
     * What a header line and its surroundings show.
     *
     * @param names in lower case
     * @param firstRow the first row below
     * @param surroundings the name of the file and all that stands above the header line, in lower case
     */
    record Candidate(List<String> names, char delimiter, List<String> firstRow, String surroundings) {

        boolean has(String... wanted) {
            return names.containsAll(List.of(wanted));
        }

        boolean hasAny(String... wanted) {
            return Arrays.stream(wanted).anyMatch(names::contains);
        }

        boolean isOnly(List<String> permitted) {
            return permitted.containsAll(names);
        }

        boolean firstIs(String name, Pattern pattern) {
            int column = names.indexOf(name);
            return column >= 0
                    && column < firstRow.size()
                    && pattern.matcher(firstRow.get(column).strip()).matches();
        }

        boolean mentions(String word) {
            return surroundings.contains(word) || names.stream().anyMatch(name -> name.contains(word));
        }

        Map<Field, Integer> columns() {
            return Profile.columns(names);
        }
    }

    private static final class Tests {
        static final Pattern GOOGLE_TIME =
                Pattern.compile("\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4},? \\d{1,2}[:.]\\d{2}[:.]\\d{2}");
        static final Pattern ISO_DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}|\\d{8}");
        static final List<String> STOOQ = List.of("date", "time", "open", "high", "low", "close", "volume", "openint");
        static final List<String> JISDOR =
                List.of("no", "no.", "tanggal", "date", "kurs", "rate", "jisdor", "kurs jisdor");

        private Tests() {}
    }

    /** The word in the option {@code profile} and in answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** @throws RejectedException if there is none */
    public static Profile of(String word) {
        return Arrays.stream(values())
                .filter(profile -> profile.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> RejectedException.invalid("profile must be one of "
                        + Arrays.stream(values()).map(Profile::word).collect(Collectors.joining(", "))
                        + ", not '" + DateText.shortened(word) + "'."));
    }

    boolean fits(Candidate candidate) {
        return fits.test(candidate);
    }

    static Optional<Profile> of(Candidate candidate) {
        return Arrays.stream(values())
                .filter(profile -> profile.fits(candidate))
                .findFirst();
    }

    /** The decimal mark that all its files have. A file that a spreadsheet saved with another delimiter has any. */
    Optional<Character> decimal(char delimiter) {
        return delimiter == ',' ? Optional.ofNullable(decimal) : Optional.empty();
    }

    /** Whether its columns are known by their names alone. */
    boolean isGuessed() {
        return this == CSV || this == EXCEL || this == PANDAS || this == GOLD;
    }

    /** Whether the time of a row is only that of the close. */
    boolean isDaily() {
        return this == GOOGLE || this == JISDOR || this == IDX;
    }

    /** The columns by their meaning. A column whose meaning is not known is not read. */
    Map<Field, Integer> columnsOf(List<String> names) {
        Map<Field, Integer> columns = columns(names);
        switch (this) {
            // its value and volume are those of the trade
            case IDX -> columns.put(VALUE, Math.max(names.indexOf("close"), names.indexOf("penutupan")));
            case DETAK_BARS -> columns.put(VALUE, Math.max(names.indexOf("close"), names.indexOf("value")));
            case STOOQ_BULK -> columns.remove(CODE);
            case PANDAS -> columns.putIfAbsent(DATE, 0);
            default -> {}
        }
        return columns;
    }

    private static Map<Field, Integer> columns(List<String> names) {
        Map<Field, Integer> columns = new EnumMap<>(Field.class);
        for (int i = 0; i < names.size(); i++) {
            for (Field field : Field.values()) {
                if (field.hasName(names.get(i))) {
                    columns.putIfAbsent(field, i);
                }
            }
        }
        return columns;
    }

    /** Whether the columns of a row suffice. */
    boolean isComplete(Map<Field, Integer> columns) {
        boolean dated = this == IDX || columns.containsKey(DATE) || columns.containsKey(TRADING_DAY);
        return dated
                && (columns.containsKey(VALUE)
                        || columns.containsKey(CHANGE_PERCENT)
                        || columns.containsKey(BUY) && columns.containsKey(SELL));
    }

    static boolean hasRange(Map<Field, Integer> columns) {
        return columns.containsKey(OPEN) || columns.containsKey(HIGH) || columns.containsKey(LOW);
    }

    /** Whether the change of a row is that from the close of the day before. */
    boolean hasChange(Map<Field, Integer> columns) {
        return columns.containsKey(CHANGE) && !columns.containsKey(TIME);
    }
}

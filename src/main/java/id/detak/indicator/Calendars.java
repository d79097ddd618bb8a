package id.detak.indicator;

import id.detak.platform.DataFolder;
import id.detak.platform.Wib;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The trading calendar of each kind of indicator.
 *
 * <p>Files in the data folder are read again when they change, so that a running program knows a holiday that was
 * announced during the year. A file with an error leaves the last good state in force; {@link #problem()} describes the
 * error.
 */
@ApplicationScoped
public class Calendars {

    private static final long CHECK_NANOS = 1_000_000_000L;
    private static final TradingCalendar ALWAYS = new TradingCalendar(
            day -> false,
            LocalTime.MIDNIGHT,
            Arrays.stream(DayOfWeek.values())
                    .collect(Collectors.toMap(Function.identity(), day -> List.of(new MarketSession(0, 86_400)))));

    private final MarketHours hours;
    private final Path folder;
    private volatile State state;
    private volatile long checkedAt;

    @Inject
    Calendars(IndicatorConfig config, DataFolder folder) {
        this(config.marketHours(), folder);
    }

    public Calendars(MarketHours hours, DataFolder folder) {
        this(hours, folder.path());
    }

    Calendars(MarketHours hours, Path folder) {
        this.hours = hours;
        this.folder = folder;
    }

    public TradingCalendar of(Kind kind) {
        return isAlwaysOpen() ? ALWAYS : state().calendars.get(kind);
    }

    /** The calendar of the stock exchange, which is that of the indices. */
    public TradingCalendar exchange() {
        return of(Kind.INDEX);
    }

    /** Whether every market is open at all hours ({@code DETAK_MARKET_HOURS=always}). */
    public boolean isAlwaysOpen() {
        return hours == MarketHours.ALWAYS;
    }

    /** The last year whose holidays are known. In later years every Monday to Friday counts as a trading day. */
    public int lastKnownYear() {
        return state().holidays.lastYear();
    }

    public boolean reaches(Instant instant) {
        return isAlwaysOpen() || Wib.date(instant).getYear() <= lastKnownYear();
    }

    /** Changes when the trading days or hours may have changed. */
    public String version() {
        return hours + " " + state().modified;
    }

    /** The error in a file of the data folder, if there is one. */
    public Optional<String> problem() {
        return Optional.ofNullable(state().problem);
    }

    private State state() {
        if (state == null || System.nanoTime() - checkedAt > CHECK_NANOS) {
            refresh();
        }
        return state;
    }

    private synchronized void refresh() {
        List<FileTime> modified =
                Stream.of(Holidays.FILE, CalendarRow.FILE).map(this::modified).toList();
        if (state == null || !modified.equals(state.modified)) {
            state = read(modified);
        }
        checkedAt = System.nanoTime();
    }

    private State read(List<FileTime> modified) {
        try {
            return State.of(modified, files(Holidays.FILE), files(CalendarRow.FILE));
        } catch (BadDataFileException e) {
            Log.warnf("%s. The previous calendar stays in force until the file is corrected.", e.getMessage());
            State last = state != null
                    ? state
                    : State.of(
                            modified,
                            List.of(CsvFile.resource(Holidays.FILE)),
                            List.of(CsvFile.resource(CalendarRow.FILE)));
            return new State(modified, last.holidays, last.calendars, e.getMessage());
        }
    }

    private List<CsvFile> files(String name) {
        return Stream.concat(Stream.of(CsvFile.resource(name)), CsvFile.in(folder, name).stream())
                .toList();
    }

    private FileTime modified(String name) {
        try {
            return Files.getLastModifiedTime(folder.resolve(name));
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private record State(
            List<FileTime> modified, Holidays holidays, Map<Kind, TradingCalendar> calendars, String problem) {

        static State of(List<FileTime> modified, List<CsvFile> holidayFiles, List<CsvFile> calendarFiles) {
            Holidays holidays = Holidays.of(holidayFiles);
            Map<Kind, TradingCalendar> calendars = new EnumMap<>(Kind.class);
            for (CsvFile file : calendarFiles) {
                file.rows(CalendarRow::of).forEach(row -> calendars.put(row.kind(), row.toCalendar(holidays)));
            }
            return new State(modified, holidays, calendars, null);
        }
    }
}

package id.detak.series.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import id.detak.indicator.Indicator;
import id.detak.series.table.BadRowException;
import id.detak.series.table.TableEntry;
import id.detak.series.table.TableFile;
import id.detak.series.table.TableFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rows of a table of another program. The summary of a day has dozens of indices that are no indicators: those that
 * are no indicators are left out, unless they are named.
 */
final class TableRows implements RowSource {

    private final TableFile file;
    private final TableFormat.Entries entries;
    private final RowChecks checks;
    private final DayCloses closes;
    private final Instant latest;
    private final Function<String, Optional<Indicator>> known;
    private final boolean createsIndicators;
    private final BiConsumer<Long, String> refuse;
    private final Consumer<String> note;
    private final Set<String> leftOut = new TreeSet<>();

    /**
     * @param known finds an indicator without creating it
     * @param createsIndicators whether an unknown code becomes an indicator
     */
    TableRows(
            TableFile file,
            TableFormat format,
            RowChecks checks,
            DayCloses closes,
            Instant latest,
            Function<String, Optional<Indicator>> known,
            boolean createsIndicators,
            BiConsumer<Long, String> refuse,
            Consumer<String> note)
            throws IOException {
        this.file = file;
        this.entries = format.entries();
        this.checks = checks;
        this.closes = closes;
        this.latest = latest;
        this.known = known;
        this.createsIndicators = createsIndicators;
        this.refuse = refuse;
        this.note = note;
    }

    @Override
    public boolean addNext(Batch batch) {
        try {
            TableEntry entry = entries.next();
            if (entry == null) {
                return false;
            }
            if (createsIndicators || known.apply(entry.code()).isPresent()) {
                add(entry, batch);
            } else if (leftOut.add(entry.code())) {
                note.accept(entry.code() + " is no indicator and was left out; name it to import it");
            }
        } catch (BadRowException e) {
            refuse.accept(entries.line(), e.getMessage());
        } catch (CsvParseException e) {
            refuse.accept(entries.line() + 1, "the rest of the file cannot be read: " + e.getMessage());
            return false;
        }
        return true;
    }

    private void add(TableEntry entry, Batch batch) {
        Instant at = entry.at() != null ? entry.at() : closes.of(checks.indicator(entry.code()), entry.day());
        if (entry.day() != null && at.isAfter(latest)) {
            throw new BadRowException("the close of " + entry.day() + " lies in the future");
        }
        batch.add(
                checks.observation(
                        entry.code(),
                        at,
                        entry.day() == null ? at.toString() : entry.day().toString(),
                        null,
                        entry.value(),
                        entry.change(),
                        entry.percent(),
                        entry.range(),
                        entry.quality()),
                !entry.quality().isEmpty(),
                entries.line());
    }

    @Override
    public void close() throws IOException {
        try (file) {
            entries.close();
        }
    }
}

package id.detak.series.csv;

import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.platform.RejectedException;
import id.detak.series.Observation;
import id.detak.series.RecordCounts;
import id.detak.series.csv.BatchWriter.Preview;
import id.detak.series.csv.BatchWriter.Target;
import id.detak.series.csv.ImportResult.FirstRow;
import id.detak.series.table.Profile;
import id.detak.series.table.TableFile;
import id.detak.series.table.TableFormat;
import id.detak.series.table.TableOptions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Imports rows: those of an export as a stream, those of other programs by their profile. One thread reads the next
 * batch while another writes the last one.
 */
@ApplicationScoped
public class CsvImport {

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    /** After that many new rows the planner's statistics are out of date. */
    private static final int WORTH_ANALYZING = 10_000;

    private static final int HEAD = 8192;
    private static final int SHOWN_ROWS = 5;
    private static final int MAX_REASON = 300;
    private static final int MAX_NOTES = 50;

    private final Indicators indicators;
    private final Calendars calendars;
    private final BatchWriter writer;
    private final FileImports imports;
    private final Clock clock;

    CsvImport(Indicators indicators, Calendars calendars, BatchWriter writer, FileImports imports, Clock clock) {
        this.indicators = indicators;
        this.calendars = calendars;
        this.writer = writer;
        this.imports = imports;
        this.clock = clock;
    }

    /**
     * Imports rows of Detak's own, without a place in the list of imports.
     *
     * @param name of the file, stored with conflicts
     * @throws IOException if the file cannot be read to its end; the rows before are stored
     */
    public RecordCounts run(String name, InputStream in, ImportReport report) throws IOException {
        return run(new ImportRequest(name, in, TableOptions.NONE, null, false), report)
                .counts();
    }

    /**
     * Imports a file, or says what an import would store.
     *
     * @throws RejectedException if the file is no table, or leaves open how to read it; nothing is stored
     * @throws IOException if the file cannot be read to its end; the rows before are stored
     */
    public ImportResult run(ImportRequest request, ImportReport report) throws IOException {
        BufferedInputStream in = new BufferedInputStream(new Counting(request.in(), report), HEAD);
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        Run run = new Run(request, report);
        if (request.options().isEmpty() && isOwn(head)) {
            return run.of(Profile.DETAK, run.own(withoutMark(in, head)));
        }
        TableFile file = TableFile.keep(request.name(), in);
        try {
            TableFormat format = TableFormat.of(file, request.options());
            format.notes().forEach(run::note);
            return run.of(format.profile(), () -> run.table(file, format));
        } finally {
            file.close();
        }
    }

    /** Whether a file is an export of Detak, as it was written. */
    private static boolean isOwn(byte[] head) {
        boolean isUtf8 = head.length < 2 || head[0] != 0 && head[1] != 0 && (head[0] & 0xfe) != 0xfe;
        return isUtf8
                && CsvFormat.isHeader(TableFile.text(head).lines().findFirst().orElse(""));
    }

    private static InputStream withoutMark(InputStream in, byte[] head) throws IOException {
        if (head.length > 2 && head[0] == (byte) 0xef && head[1] == (byte) 0xbb && head[2] == (byte) 0xbf) {
            in.skipNBytes(3);
        }
        return in;
    }

    /** One import of one file. */
    private final class Run {

        private final ImportRequest request;
        private final ImportReport report;
        private final Instant now = clock.instant();
        private final Map<String, Indicator> planned = new ConcurrentHashMap<>();
        private final RowChecks checks = new RowChecks(this::indicator, now.plus(CLOCK_TOLERANCE));
        private final DayCloses closes = new DayCloses(calendars);
        private final Complaints complaints = new Complaints();
        private final List<String> notes = new ArrayList<>();
        private final List<FirstRow> first = new ArrayList<>();

        Run(ImportRequest request, ImportReport report) {
            this.request = request;
            this.report = report;
        }

        RowSource.Opener own(InputStream in) {
            return () -> new OwnRows(in, checks, closes, complaints::refuse, this::note);
        }

        RowSource table(TableFile file, TableFormat format) throws IOException {
            return new TableRows(
                    file,
                    format,
                    checks,
                    closes,
                    now.plus(CLOCK_TOLERANCE),
                    code -> QuarkusTransaction.requiringNew().call(() -> indicators.find(code)),
                    format.profile() != Profile.IDX
                            || !request.options().codes().isEmpty(),
                    complaints::refuse,
                    this::note);
        }

        ImportResult of(Profile profile, RowSource.Opener opener) throws IOException {
            boolean listed = request.actor() != null && !request.dryRun();
            Integer id = listed ? imports.begin(request.name(), profile.word(), request.actor()) : null;
            BatchReader reader = new BatchReader(opener);
            Thread thread = new Thread(reader, "detak-csv");
            thread.setDaemon(true);
            thread.start();
            try {
                Preview all = new Preview(RecordCounts.NOTHING, 0);
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    Preview one = request.dryRun() ? preview(batch) : store(batch, id);
                    all = new Preview(all.counts().plus(one.counts()), all.doubtful() + one.doubtful());
                }
                if (all.counts().created() > WORTH_ANALYZING && !request.dryRun()) {
                    writer.analyze();
                }
                RecordCounts counts = all.counts().plus(new RecordCounts(0, 0, 0, complaints.refused));
                return new ImportResult(
                        id,
                        profile.word(),
                        counts,
                        notes,
                        all.doubtful(),
                        planned.keySet().stream().sorted().toList(),
                        first);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            } catch (IOException | RejectedException e) {
                complaints.row(0, e.getMessage());
                throw e;
            } finally {
                thread.interrupt();
                if (listed) {
                    imports.finish(id, complaints.refused, complaints.first());
                }
            }
        }

        private Preview store(Batch batch, Integer id) {
            return new Preview(writer.write(batch, new Target(id, request.name()), complaints), 0);
        }

        private Preview preview(Batch batch) {
            for (int i = 0; i < batch.rows().size() && first.size() < SHOWN_ROWS; i++) {
                Observation o = batch.rows().get(i);
                first.add(new FirstRow(
                        batch.lines()[i],
                        checks.of(o).code(),
                        o.observedAt(),
                        o.value(),
                        o.change(),
                        o.changePercent(),
                        o.range(),
                        o.quality()));
            }
            Map<Integer, Indicator> byId = new HashMap<>();
            planned.values().forEach(indicator -> byId.put(indicator.id(), indicator));
            return writer.preview(batch, byId);
        }

        private Indicator indicator(String code) {
            return QuarkusTransaction.requiringNew().call(() -> {
                if (!request.dryRun()) {
                    return indicators.findOrDiscover(code, now);
                }
                Indicator found = indicators.findOrPlan(code, now, -1 - planned.size());
                if (found.id() < 0) {
                    planned.put(code, found);
                }
                return found;
            });
        }

        private synchronized void note(String note) {
            if (notes.size() < MAX_NOTES) {
                notes.add(note);
            }
        }

        /** Passes complaints on, and keeps the first ones. Both threads have some. */
        private final class Complaints implements ImportReport {

            private final List<String> kept = new ArrayList<>();
            private long refused;

            synchronized void refuse(long line, String reason) {
                refused++;
                row(line, reason);
            }

            @Override
            public synchronized void row(long line, String text) {
                String reason = text.length() <= MAX_REASON ? text : text.substring(0, MAX_REASON) + "…";
                if (kept.size() < FileImports.MAX_COMPLAINTS) {
                    kept.add(line + ": " + reason);
                }
                if (line > 0) {
                    report.row(line, reason);
                }
            }

            synchronized List<String> first() {
                return List.copyOf(kept);
            }
        }
    }

    private static final class Counting extends FilterInputStream {

        private final ImportReport report;

        Counting(InputStream in, ImportReport report) {
            super(in);
            this.report = report;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            if (count > 0) {
                report.progress(count);
            }
            return count;
        }
    }
}

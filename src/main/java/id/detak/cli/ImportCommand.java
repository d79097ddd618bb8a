package id.detak.cli;

import id.detak.capture.Via;
import id.detak.capture.archive.ArchiveReader;
import id.detak.capture.archive.ArchivedPage;
import id.detak.capture.archive.HostFilter;
import id.detak.capture.fetch.PageDecoder;
import id.detak.intake.Arrival;
import id.detak.intake.ImportUndo;
import id.detak.intake.IntakeResult;
import id.detak.intake.ObservationTime;
import id.detak.platform.RejectedException;
import id.detak.platform.UserException;
import id.detak.platform.Wib;
import id.detak.series.RecordCounts;
import id.detak.series.csv.ImportReport;
import id.detak.series.csv.ImportRequest;
import id.detak.series.csv.ImportResult;
import id.detak.series.table.TableOptions;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Imports saved pages, web archives (WARC, WET) and tables (CSV of many programs, xlsx), plain or gzip, and prints what was stored. Can be stopped and run again.")
class ImportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description = "The file type is detected from the first bytes; - for standard input.")
    List<String> files = List.of();

    @Option(
            names = "--observed-at",
            paramLabel = "TIME",
            description =
                    "When saved pages were fetched, such as 2021-03-02T09:30:00+07:00. It is never read from the page: an article's date is not the strip's time. "
                            + "Archives and rows contain their own times.")
    String observedAt;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "The indicator of a table without codes; of a table with codes, those to take, with commas.")
    String codes;

    @Option(
            names = "--columns",
            paramLabel = "FIELD=NAME,…",
            description = "The columns to read, such as date=Tanggal,value=Terakhir. Fields: date, time, code, value, "
                    + "open, high, low, change, change_percent, buy, sell, quality, trading_day.")
    String columns;

    @Option(names = "--dates", paramLabel = "ORDER", description = "The order of dates of numbers: dmy, mdy or ymd.")
    String dates;

    @Option(names = "--decimal", paramLabel = "MARK", description = "The decimal mark: a dot or a comma.")
    String decimal;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The kind of table, such as yahoo, if it shall not be detected.")
    String profile;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "The time zone of times without an offset (Asia/Jakarta).")
    String zone;

    @Option(
            names = "--dry-run",
            description = "Print what would be stored: the first rows as understood, counts, what is doubtful.")
    boolean dryRun;

    @Option(names = "--undo", paramLabel = "ID", description = "Take back what an import stored. Needs no FILE.")
    Integer undo;

    @Spec
    CommandSpec spec;

    private TableOptions options;
    private static final String ACTOR = "command";

    private final QuotePrinter printout = new QuotePrinter();
    private final List<Integer> stored = new ArrayList<>();
    private RecordCounts tally = RecordCounts.NOTHING;
    private int code = ExitCode.DONE;
    private Instant at;

    @Override
    public Integer call() throws Exception {
        if (undo == null == files.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    files.isEmpty()
                            ? "FILE is missing: name the files to import."
                            : "--undo takes no FILE: undo one import, or import files.");
        }
        if (undo != null) {
            return CommandApplication.run(this::undo);
        }
        options = options();
        List<String> readable = files.stream().filter(this::check).toList();
        if (observedAt != null) {
            at = parseObservedAt();
        }
        if (readable.isEmpty()) {
            return code;
        }
        return CommandApplication.run(application -> {
            readable.forEach(name -> importFile(application, name));
            printout.line(tally.summary());
            if (!stored.isEmpty()) {
                printout.line(storedAs());
            }
            return code;
        });
    }

    /**
     * Reports a file that cannot be read, and throws for a page without --observed-at, before the database starts.
     * Streams are checked when they are imported. Every file is closed again: there may be more files than the process
     * may open.
     */
    private boolean check(String name) {
        if (ImportFile.isStream(name)) {
            return true;
        }
        try (ImportFile file = ImportFile.open(name)) {
            if (kind(file) == ImportFile.Kind.PAGE && at == null) {
                at = parseObservedAt();
            }
            return true;
        } catch (UserException | IOException e) {
            complain(ExitCode.UNREACHABLE, e.getMessage());
            return false;
        }
    }

    private TableOptions options() {
        try {
            return TableOptions.of(codes, columns, dates, decimal, profile, zone, true);
        } catch (RejectedException e) {
            throw new ParameterException(spec.commandLine(), "--" + e.getMessage());
        }
    }

    private String storedAs() {
        int first = stored.get(0);
        return stored.size() == 1
                ? "stored as import " + first + "; import --undo " + first + " takes it back"
                : "stored as imports " + first + " to " + stored.get(stored.size() - 1)
                        + "; import --undo ID takes one back";
    }

    private int undo(CommandApplication application) {
        try {
            ImportUndo.Undone undone = application.importUndo.undo(undo, ACTOR);
            printout.line("import " + undo + " (" + undone.fileImport().file() + ") undone: " + undone.deleted()
                    + " observations deleted");
        } catch (RejectedException e) {
            complain(ExitCode.WRONG_USE, e.getMessage());
        }
        return code;
    }

    private Instant parseObservedAt() {
        return ObservationTime.parse("--observed-at", observedAt, Instant.now());
    }

    private void importFile(CommandApplication application, String name) {
        try (ImportFile file = ImportFile.open(name);
                ImportProgress progress = ImportProgress.of(file)) {
            if (dryRun && kind(file) != ImportFile.Kind.ROWS) {
                complain(
                        ExitCode.WRONG_USE,
                        name + ": --dry-run works for tables only; parse prints what a page would bring.");
                return;
            }
            switch (kind(file)) {
                case PAGE -> takePage(application, file);
                case ROWS -> takeRows(application, file, progress);
                case ARCHIVE -> takeArchive(application, file, progress);
            }
        } catch (UserException e) {
            complain(ExitCode.UNREACHABLE, e.getMessage());
        } catch (IOException e) {
            complain(ExitCode.UNREACHABLE, name + " cannot be read to its end: " + e.getMessage());
        } catch (RejectedException e) {
            complain(ExitCode.WRONG_USE, e.getMessage());
        }
    }

    /** Options for tables say that a text is one. */
    private ImportFile.Kind kind(ImportFile file) {
        return file.kind() == ImportFile.Kind.PAGE && !options.isEmpty() && at == null
                ? ImportFile.Kind.ROWS
                : file.kind();
    }

    private void takePage(CommandApplication application, ImportFile file) throws IOException {
        if (at == null) {
            complain(
                    ExitCode.WRONG_USE,
                    file.name()
                            + ": --observed-at is missing. State when the page was fetched, such as 2026-11-25T09:30:00+07:00.");
            return;
        }
        IntakeResult result = take(application, file, null, at, file.page());
        printout.print(result);
        if (!result.broughtStrip()) {
            complain(ExitCode.WRONG_USE, file.name() + ": " + result.capture().reason());
        }
    }

    private IntakeResult take(
            CommandApplication application, ImportFile file, String url, Instant observed, String page) {
        IntakeResult result = application.intake.take(new Arrival(
                "import:" + file.shortName(), Via.IMPORT, url, observed, null, null, new Arrival.Page(page)));
        tally = tally.plus(result.tally());
        return result;
    }

    private void takeRows(CommandApplication application, ImportFile file, ImportProgress progress) throws IOException {
        ImportRequest request = new ImportRequest(file.shortName(), file.in(), options, ACTOR, dryRun);
        ImportResult result = application.csvImport.run(request, new ImportReport() {
            @Override
            public void row(long line, String reason) {
                System.err.println(
                        QuotePrinter.printable(file.name()) + ":" + line + ": " + QuotePrinter.printable(reason));
            }

            @Override
            public void progress(long bytes) {
                progress.read(bytes);
            }
        });
        result.notes()
                .forEach(note ->
                        printout.line(QuotePrinter.printable(file.name()) + ": " + QuotePrinter.printable(note)));
        if (dryRun) {
            printDryRun(file, result);
        } else if (result.counts().created() > 0) {
            stored.add(result.id());
        }
        RecordCounts rows = result.counts();
        tally = tally.plus(rows);
        if (rows.read() == 0 && rows.refused() > 0) {
            complain(ExitCode.WRONG_USE, file.name() + ": none of its rows could be read");
        }
    }

    private void printDryRun(ImportFile file, ImportResult result) {
        printout.line(QuotePrinter.printable(file.name()) + ": profile " + result.profile()
                + "; the first rows as understood:");
        result.first()
                .forEach(row -> printout.line("  line " + row.line() + ": " + QuotePrinter.printable(described(row))));
        if (!result.newCodes().isEmpty()) {
            printout.line(QuotePrinter.printable(file.name()) + ": would become indicators: "
                    + String.join(", ", result.newCodes()));
        }
        printout.line(QuotePrinter.printable(file.name()) + ": would store "
                + result.counts().created() + " rows; "
                + result.counts().same() + " are stored already, "
                + result.counts().conflicting()
                + " differ from a stored number, " + result.counts().refused() + " cannot be read, "
                + result.doubtful() + " would be suspect");
    }

    private static String described(ImportResult.FirstRow row) {
        StringBuilder text = new StringBuilder(row.code() + " " + Wib.local(row.observedAt()));
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        numbers.put("value", row.value());
        numbers.put("change", row.change());
        numbers.put("change_percent", row.changePercent());
        if (row.range() != null) {
            numbers.put("open", row.range().open());
            numbers.put("high", row.range().high());
            numbers.put("low", row.range().low());
        }
        numbers.forEach((name, number) -> {
            if (number != null) {
                text.append(", ").append(name).append(' ').append(number.toPlainString());
            }
        });
        return text.toString();
    }

    /** Imports the pages of the configured sites, at the time of their records. */
    private void takeArchive(CommandApplication application, ImportFile file, ImportProgress progress)
            throws IOException {
        HostFilter hosts = HostFilter.of(application.sources.configured().stream()
                .map(source -> source.url().getHost())
                .toList());
        ArchiveImport pages = new ArchiveImport(application, file, progress);
        ArchiveReader.read(file.in(), hosts, pages);
        printout.line(String.format(
                Locale.ROOT,
                "%s: %d pages of %s, %d of them without a strip (kept whole)%s",
                file.name(),
                pages.count,
                hosts,
                pages.withoutStrip,
                pages.unread));
    }

    private final class ArchiveImport implements ArchiveReader.Visitor {

        private final CommandApplication application;
        private final ImportFile file;
        private final ImportProgress progress;
        private int count;
        private int withoutStrip;
        private String unread = "";

        ArchiveImport(CommandApplication application, ImportFile file, ImportProgress progress) {
            this.application = application;
            this.file = file;
            this.progress = progress;
        }

        @Override
        public void page(ArchivedPage page) {
            if (!ObservationTime.canBe(page.observedAt(), application.clock.instant())) {
                refused(page.offset(), "WARC-Date " + page.observedAt() + " lies in the future, or before 1990.");
                return;
            }
            count++;
            IntakeResult result = take(
                    application,
                    file,
                    page.url().toString(),
                    page.observedAt(),
                    PageDecoder.decode(page.body(), page.contentType()));
            withoutStrip += result.broughtStrip() ? 0 : 1;
        }

        @Override
        public void refused(long offset, String reason) {
            tally = tally.plus(new RecordCounts(0, 0, 0, 1));
            System.err.println(QuotePrinter.printable(file.name()) + ", record at byte " + offset + ": "
                    + QuotePrinter.printable(reason));
        }

        @Override
        public void damaged(long offset, String reason) {
            unread = file.size() < 0 ? "; the rest is unread" : "; " + (file.size() - offset) + " bytes unread";
            refused(offset, reason + "; the rest of the file was not read.");
        }

        @Override
        public void progress(long bytesRead) {
            progress.readUpTo(bytesRead);
        }
    }

    private void complain(int worse, String sentence) {
        code = Math.max(code, Main.complain(worse, sentence));
    }
}

package id.detak.cli;

import id.detak.capture.Via;
import id.detak.capture.archive.ArchiveReader;
import id.detak.capture.archive.ArchivedPage;
import id.detak.capture.archive.HostFilter;
import id.detak.capture.fetch.PageDecoder;
import id.detak.intake.Arrival;
import id.detak.intake.IntakeResult;
import id.detak.intake.ObservationTime;
import id.detak.platform.UserException;
import id.detak.series.RecordCounts;
import id.detak.series.csv.ImportReport;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Imports saved pages, web archives (WARC, WET) and rows (CSV), plain or gzip, and prints what was stored. Can be stopped and run again.")
class ImportCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description = "The file type is detected from the first bytes; - for standard input.")
    List<String> files;

    @Option(
            names = "--observed-at",
            paramLabel = "TIME",
            description =
                    "When saved pages were fetched, such as 2021-03-02T09:30:00+07:00. It is never read from the page: an article's date is not the strip's time. "
                            + "Archives and rows contain their own times.")
    String observedAt;

    private final QuotePrinter printout = new QuotePrinter();
    private RecordCounts tally = RecordCounts.NOTHING;
    private int code = ExitCode.DONE;
    private Instant at;

    @Override
    public Integer call() throws Exception {
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
            if (file.kind() == ImportFile.Kind.PAGE && at == null) {
                at = parseObservedAt();
            }
            return true;
        } catch (UserException | IOException e) {
            complain(ExitCode.UNREACHABLE, e.getMessage());
            return false;
        }
    }

    private Instant parseObservedAt() {
        return ObservationTime.parse("--observed-at", observedAt, Instant.now());
    }

    private void importFile(CommandApplication application, String name) {
        try (ImportFile file = ImportFile.open(name);
                ImportProgress progress = ImportProgress.of(file)) {
            switch (file.kind()) {
                case PAGE -> takePage(application, file);
                case ROWS -> takeRows(application, file, progress);
                case ARCHIVE -> takeArchive(application, file, progress);
            }
        } catch (UserException e) {
            complain(ExitCode.UNREACHABLE, e.getMessage());
        } catch (IOException e) {
            complain(ExitCode.UNREACHABLE, name + " cannot be read to its end: " + e.getMessage());
        }
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
        RecordCounts rows = application.csvImport.run(file.shortName(), file.in(), new ImportReport() {
            @Override
            public void row(long line, String reason) {
                System.err.println(file.name() + ":" + line + ": " + QuotePrinter.printable(reason));
            }

            @Override
            public void progress(long bytes) {
                progress.read(bytes);
            }
        });
        tally = tally.plus(rows);
        if (rows.read() == 0 && rows.refused() > 0) {
            complain(ExitCode.WRONG_USE, file.name() + ": none of its rows could be read");
        }
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
            System.err.println(file.name() + ", record at byte " + offset + ": " + QuotePrinter.printable(reason));
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

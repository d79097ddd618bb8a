package id.detak.cli;

import id.detak.capture.Via;
import id.detak.capture.archive.Archive;
import id.detak.capture.archive.ArchiveProblem;
import id.detak.capture.archive.ArchiveVisitor;
import id.detak.capture.archive.ArchivedPage;
import id.detak.capture.archive.HostFilter;
import id.detak.capture.fetch.PageDecoder;
import id.detak.intake.Arrival;
import id.detak.intake.IntakeResult;
import id.detak.intake.ObservationTime;
import id.detak.series.RecordCounts;
import id.detak.series.csv.ImportReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "import", mixinStandardHelpOptions = true,
        description = "Takes in saved pages, archives of pages (WARC, WET) and rows (CSV), compressed or not, and prints what was stored. May be stopped and started again.")
class ImportCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What it is shows in its first bytes; - for standard input.")
    List<String> files;

    @Option(names = "--observed-at", paramLabel = "TIME",
            description = "When saved pages were got, such as 2021-03-02T09:30:00+07:00. It is never read from the page: an article's date is not the strip's time. "
                    + "Archives and rows state their own.")
    String observedAt;

    private final QuotePrinter printout = new QuotePrinter();
    private RecordCounts tally = RecordCounts.NOTHING;
    private int code = ExitCode.DONE;

    @Override
    public Integer call() throws Exception {
        List<ImportFile> opened = files.stream().map(ImportFile::open).toList();
        boolean pages = opened.stream().anyMatch(file -> file.kind() == ImportFile.Kind.PAGE);
        Instant at = pages || observedAt != null ? ObservationTime.parse("--observed-at", observedAt, Instant.now()) : null;
        return CommandApplication.run(application -> {
            for (ImportFile file : opened) {
                take(application, file, at);
            }
            printout.line(tally.summary());
            return code;
        });
    }

    private void take(CommandApplication application, ImportFile file, Instant at) {
        try (InputStream in = file.in(); ImportProgress progress = ImportProgress.of(file)) {
            switch (file.kind()) {
                case PAGE -> takePage(application, file, at);
                case ROWS -> takeRows(application, file, progress);
                case ARCHIVE -> takeArchive(application, file, progress);
            }
        } catch (IOException e) {
            complain(ExitCode.UNREACHABLE, file.name() + " cannot be read on: " + e.getMessage());
        }
    }

    private void takePage(CommandApplication application, ImportFile file, Instant at) throws IOException {
        IntakeResult receipt = take(application, file, null, at, file.page());
        printout.print(receipt);
        if (!receipt.broughtStrip()) {
            complain(ExitCode.WRONG_USE, file.name() + ": " + receipt.capture().reason());
        }
    }

    private IntakeResult take(CommandApplication application, ImportFile file, String url, Instant at, String page) {
        IntakeResult receipt = application.intake.take(new Arrival("import:" + file.shortName(), Via.IMPORT, url, at, null, null, new Arrival.Page(page)));
        tally = tally.plus(receipt.tally());
        return receipt;
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

    /** The pages of the watched sites; the time is when the archive got them. */
    private void takeArchive(CommandApplication application, ImportFile file, ImportProgress progress) throws IOException {
        HostFilter hosts = HostFilter.of(application.sources.configured().stream().map(source -> source.url().getHost()).toList());
        PagesOfArchive pages = new PagesOfArchive(application, file, progress);
        if (file.name().equals("-")) {
            Archive.read(file.in(), hosts, pages);
        } else {
            Archive.read(Path.of(file.name()), hosts, pages);
        }
        printout.line(String.format(Locale.ROOT, "%s: %d pages of %s, %d of them without a strip (kept whole)", file.name(), pages.count, hosts, pages.withoutStrip));
    }

    private final class PagesOfArchive implements ArchiveVisitor {

        private final CommandApplication application;
        private final ImportFile file;
        private final ImportProgress progress;
        private int count;
        private int withoutStrip;

        PagesOfArchive(CommandApplication application, ImportFile file, ImportProgress progress) {
            this.application = application;
            this.file = file;
            this.progress = progress;
        }

        @Override
        public void page(ArchivedPage page) {
            if (!ObservationTime.canBe(page.observedAt(), application.clock.instant())) {
                refuse(page.offset(), "WARC-Date " + page.observedAt() + " lies in the future, or before there were such pages");
                return;
            }
            count++;
            IntakeResult receipt = take(application, file, page.url().toString(), page.observedAt(), PageDecoder.decode(page.body(), page.contentType()));
            withoutStrip += receipt.broughtStrip() ? 0 : 1;
        }

        @Override
        public void problem(ArchiveProblem problem) {
            refuse(problem.offset(), problem.reason());
        }

        private void refuse(long offset, String reason) {
            tally = tally.plus(new RecordCounts(0, 0, 0, 1));
            System.err.println(file.name() + ", record at byte " + offset + ": " + QuotePrinter.printable(reason));
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

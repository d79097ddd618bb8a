package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.series.RecordCounts;
import id.detak.series.csv.CsvExport;
import id.detak.series.csv.CsvImport;
import id.detak.testsupport.AllRowsTaken;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Export of a year of ten indicators by the minute (5.26 million rows). */
@QuarkusTest
class ExportBench {

    private static final int ROUNDS = 3;
    private static final LocalDate LAST_DAY = LocalDate.of(2025, 10, 31);
    private static final int MINUTES = Integer.getInteger("detak.bench.minutes", MinuteRows.A_YEAR);

    @TempDir
    static Path folder;

    private static Path year;

    @Inject
    CsvImport csvImport;

    @Inject
    CsvExport csvExport;

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String url;

    @ConfigProperty(name = "quarkus.datasource.username")
    String user;

    @ConfigProperty(name = "quarkus.datasource.password")
    String password;

    @BeforeAll
    static void write() throws IOException {
        year = MinuteRows.csv(folder.resolve("year.csv"), LAST_DAY, MINUTES, 1);
    }

    private static long rows() {
        return (long) MINUTES * MinuteRows.CODES.size();
    }

    @Test
    void export() throws Exception {
        TestDatabase.empty(dataSource);
        assertThat(take(year)).isEqualTo(new RecordCounts(rows(), 0, 0, 0));
        Path psql = Path.of("/usr/bin/psql");
        Assumptions.assumeTrue(Files.isExecutable(psql), "psql is not installed");
        Path ours = folder.resolve("ours.csv");
        Path theirs = folder.resolve("theirs.csv");
        AtomicLong peak = new AtomicLong();
        Duel duel = Duel.of(
                ROUNDS,
                () -> {
                    try (OutputStream out = Files.newOutputStream(ours)) {
                        assertThat(csvExport.all(out)).isEqualTo(rows());
                    }
                },
                () -> psql(theirs));
        assertThat(Files.mismatch(ours, theirs)).isEqualTo(-1);
        ResultTable.put(
                "CSV export against psql \\copy of the same rows",
                duel.times(),
                String.format(Locale.ROOT, "%.2f", duel.speed()),
                "at least 1",
                duel.speed() >= 1);
        long before = liveHeap();
        try (OutputStream out = new HeapWatch(peak)) {
            csvExport.all(out);
        }
        double growth = Math.max(0, peak.get() - before) / 1024.0 / 1024;
        ResultTable.put(
                "Heap that an export of " + rows() + " rows needs",
                String.format(Locale.ROOT, "%.1f MB more after a collection", growth),
                "",
                "below 32 MB",
                growth < 32);
    }

    /** Measures the live heap at intervals. */
    private static final class HeapWatch extends OutputStream {

        private final AtomicLong peak;
        private long written;

        HeapWatch(AtomicLong peak) {
            this.peak = peak;
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            long before = written / 50_000_000;
            written += length;
            if (written / 50_000_000 > before) {
                peak.accumulateAndGet(liveHeap(), Math::max);
            }
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private void psql(Path file) throws IOException, InterruptedException {
        String select =
                "select i.code, trim(both '\"' from to_json(o.observed_at)::text) as observed_at, o.value, o.change, o.change_percent, o.quality "
                        + "from observation o join indicator i on i.id = o.indicator_id order by o.indicator_id, o.observed_at";
        ProcessBuilder builder = new ProcessBuilder(
                "psql",
                "-q",
                "-X",
                url.replace("jdbc:", "").replaceFirst("\\?.*", ""),
                "-U",
                user,
                "-c",
                "\\copy (" + select + ") to '" + file + "' (format csv, header)");
        builder.environment().putAll(Map.of("PGPASSWORD", password, "PGTZ", "Asia/Jakarta"));
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
    }

    private RecordCounts take(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return csvImport.run(file.getFileName().toString(), in, new AllRowsTaken());
        }
    }
}

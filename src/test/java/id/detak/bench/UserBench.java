package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a user experiences: whole commands and HTTP from another process, with the options of the unit, beside programs
 * that Debian has. Each question is asked once. The first requests after a start count apart from the warm ones.
 *
 * <p>{@code detak.bench.minutes} is the length of the ten series, a year by default.
 */
class UserBench {

    private static final int MINUTES = Integer.getInteger("detak.bench.minutes", MinuteRows.A_YEAR);
    private static final long ROWS = (long) MINUTES * MinuteRows.CODES.size();
    private static final LocalDate LAST_DAY = LocalDate.of(2025, 10, 31);
    private static final Instant END = LAST_DAY.plusDays(1).atStartOfDay().toInstant(ZoneOffset.ofHours(7));
    private static final Instant BEGINNING = END.minusSeconds(60L * MINUTES);
    private static final int FIRST = 20;
    private static final int ROUNDS = 9;
    private static final int ASKED_A_ROUND = 40;
    private static final Path WRK = Path.of("/usr/bin/wrk");
    private static final Path PSQL = Path.of("/usr/bin/psql");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final List<Interval> INTERVALS = List.of(
            new Interval("1h", 3600),
            new Interval("2h", 7200),
            new Interval("4h", 14_400),
            new Interval("12h", 43_200));

    private record Interval(String word, int seconds) {}

    @TempDir
    static Path folder;

    private final ObjectMapper json = new ObjectMapper();
    private int asked;

    @Test
    void asAUserExperiencesIt() throws Exception {
        assumeTrue(Files.isExecutable(VictoriaMetrics.PROGRAM), "victoria-metrics is not installed");
        PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                .with("DETAK_POLL_EVERY", "PT12H")
                .asInstalled();
        double empty = millisOfStart(detak);
        double again = millisOfStart(detak);
        ResultTable.put("Start, empty folder", Duel.time(empty), "", "reported", true);
        ResultTable.put("Start, again", Duel.time(again), "", "at most 2.4 s", again <= 2400);
        Path csv = MinuteRows.csv(folder.resolve("rows.csv"), LAST_DAY, MINUTES, 1);
        imports(detak, csv);
        try (VictoriaMetrics theirs = VictoriaMetrics.on(folder.resolve("victoria"))) {
            double taken = Duel.millis(() -> theirs.take(csv));
            ResultTable.put(
                    "Import, VictoriaMetrics",
                    Duel.time(taken) + " (" + rate(taken) + " rows/s)",
                    "",
                    "reported",
                    true);
        }
        try (VictoriaMetrics theirs = VictoriaMetrics.on(folder.resolve("victoria"));
                RunningDetak running = detak.serve();
                PlainHttp us = new PlainHttp(detak.httpPort());
                PlainHttp them = new PlainHttp(theirs.port())) {
            history(us, them);
            latest(us, them);
            pages(detak, us);
            memory(running, detak);
        }
    }

    private static double millisOfStart(PackagedDetak detak) throws Exception {
        long start = System.nanoTime();
        try (RunningDetak running = detak.serve()) {
            assertThat(running.get("/api/v1/latest").statusCode()).isEqualTo(200);
            return (System.nanoTime() - start) / 1e6;
        }
    }

    private static String rate(double millis) {
        return String.format(Locale.ROOT, "%,.0f", ROWS / millis * 1000);
    }

    // ---- import

    private static void imports(PackagedDetak detak, Path csv) throws Exception {
        long before = bytes(detak.data());
        double first = Duel.millis(() -> assertThat(detak.run(Duration.ofMinutes(30), "import", csv.toString()))
                .satisfies(done -> assertThat(done.output()).contains("new " + ROWS)));
        double second = Duel.millis(() -> assertThat(detak.run(Duration.ofMinutes(30), "import", csv.toString()))
                .satisfies(done -> assertThat(done.exitCode()).isZero()));
        double perRow = (bytes(detak.data()) - before) / (double) ROWS;
        ResultTable.put(
                "Disk space of a row, log included",
                String.format(Locale.ROOT, "%.0f bytes", perRow),
                "",
                "at most 150 bytes",
                perRow <= 150);
        ResultTable.put(
                "Import again, all rows there, against the first time",
                Duel.time(second) + " against " + Duel.time(first),
                String.format(Locale.ROOT, "%.2f", second / first),
                "at most 1",
                second <= first);
        assumeTrue(Files.isExecutable(PSQL), "psql is not installed");
        double copied;
        try (RunningDetak running = detak.serve()) {
            copied = copy(new PostgresProcess(detak.data()), csv);
        }
        ResultTable.put(
                "Import, the command, against psql \\copy into a table with the same key",
                Duel.time(first) + " against " + Duel.time(copied) + " (" + rate(first) + " rows/s)",
                String.format(Locale.ROOT, "%.2f", copied / first),
                "at least 0.5",
                copied / first >= 0.5);
    }

    private static double copy(PostgresProcess postgres, Path csv) throws Exception {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "create table copied (code text, observed_at timestamptz, value numeric, change numeric, change_percent numeric, quality text, primary key (code, observed_at))");
            double millis = Duel.millis(() -> {
                ProcessBuilder psql = new ProcessBuilder(
                        PSQL.toString(),
                        "-qX",
                        "postgresql://detak@127.0.0.1:" + postgres.port() + "/detak",
                        "-c",
                        "\\copy copied from '" + csv + "' (format csv, header)");
                psql.environment().put("PGPASSWORD", postgres.password());
                Process process = psql.redirectErrorStream(true).start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(output).isZero();
            });
            try (ResultSet count = statement.executeQuery("select count(*) from copied")) {
                count.next();
                assertThat(count.getLong(1)).isEqualTo(ROWS);
            }
            statement.execute("drop table copied");
            return millis;
        }
    }

    private static long bytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("postgres"))) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    // ---- questions

    private void history(PlainHttp us, PlainHttp them) throws Exception {
        JsonNode ours = json.readTree(us.get(historyOf(0)));
        Interval interval = INTERVALS.stream()
                .filter(each -> each.word.equals(ours.get("interval").asText()))
                .findFirst()
                .orElseThrow();
        JsonNode theirs = json.readTree(them.get(rangeOf(interval, 0)));
        List<Double> closes = new ArrayList<>();
        ours.at("/points/close").forEach(close -> closes.add(close.asDouble()));
        List<Double> values = new ArrayList<>();
        theirs.at("/data/result/0/values")
                .forEach(value -> values.add(Double.valueOf(value.get(1).asText())));
        assertThat(values).isEqualTo(closes).hasSizeBetween(334, 1000);
        duel(
                "A period to at most 1,000 points, each request another range",
                () -> us.get(historyOf(++asked)),
                () -> them.get(rangeOf(interval, asked)),
                1.2,
                0.5);
    }

    private void latest(PlainHttp us, PlainHttp them) throws Exception {
        assertThat(json.readTree(us.get("/api/v1/latest")).get("items"))
                .hasSizeGreaterThanOrEqualTo(MinuteRows.CODES.size());
        String instant = "/api/v1/query?query=last_over_time(v%5B1h%5D)&nocache=1&time=" + END.getEpochSecond();
        assertThat(json.readTree(them.get(instant)).at("/data/result")).hasSize(MinuteRows.CODES.size());
        duel("Latest of all", () -> us.get("/api/v1/latest"), () -> them.get(instant), Double.MAX_VALUE, 1.5);
    }

    private static void duel(String what, Duel.Work ours, Duel.Work theirs, double wantedFirst, double wanted)
            throws Exception {
        double[] first = new double[FIRST];
        double[] theirFirst = new double[FIRST];
        for (int i = 0; i < FIRST; i++) {
            first[i] = Duel.millis(ours);
            theirFirst[i] = Duel.millis(theirs);
        }
        put(what + ": the first 20", Duel.median(first), Duel.median(theirFirst), wantedFirst);
        for (int i = 0; i < 50 * ASKED_A_ROUND; i++) {
            ours.run();
        }
        double[] ratios = new double[ROUNDS];
        double[] us = new double[ROUNDS];
        double[] them = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            double[] oursOfRound = new double[ASKED_A_ROUND];
            double[] theirsOfRound = new double[ASKED_A_ROUND];
            for (int i = 0; i < ASKED_A_ROUND; i++) {
                oursOfRound[i] = Duel.millis(ours);
                theirsOfRound[i] = Duel.millis(theirs);
            }
            us[round] = Duel.median(oursOfRound);
            them[round] = Duel.median(theirsOfRound);
            ratios[round] = us[round] / them[round];
        }
        double ratio = Duel.median(ratios);
        ResultTable.put(
                what + ": warm, against VictoriaMetrics",
                Duel.time(Duel.median(us)) + " against " + Duel.time(Duel.median(them)),
                String.format(Locale.ROOT, "%.2f", ratio),
                "at most " + wanted,
                ratio <= wanted);
    }

    private static void put(String what, double ours, double theirs, double wanted) {
        boolean reported = wanted == Double.MAX_VALUE;
        ResultTable.put(
                what + ", against VictoriaMetrics",
                Duel.time(ours) + " against " + Duel.time(theirs),
                String.format(Locale.ROOT, "%.2f", ours / theirs),
                reported ? "reported" : "at most " + wanted,
                reported || ours / theirs <= wanted);
    }

    /** Another range each time: it begins some minutes later. */
    private static String historyOf(int number) {
        return "/api/v1/indicators/LQ45/history?maxPoints=1000&from=" + BEGINNING.plusSeconds(60L * number) + "&to="
                + END.minusSeconds(1);
    }

    /** The last value of each part of the clock, as the closes of bars are. */
    private static String rangeOf(Interval interval, int number) {
        long step = interval.seconds;
        long offset = Duration.ofHours(7).toSeconds();
        long begin = (BEGINNING.getEpochSecond() + 60L * number + offset) / step * step - offset;
        return "/api/v1/query_range?nocache=1&query=last_over_time(v%7Bcode%3D%22LQ45%22%7D%5B" + step + "s%5D)&start="
                + (begin + step - 1) + "&end=" + (END.getEpochSecond() + step - 1) + "&step=" + step + "s";
    }

    // ---- pages

    private static void pages(PackagedDetak detak, PlainHttp us) throws Exception {
        for (String path : List.of("/", "/changes", "/alerts")) {
            double[] times = new double[100];
            for (int i = 0; i < times.length; i++) {
                times[i] = Duel.millis(() -> us.get(path));
            }
            double median = Duel.median(times);
            ResultTable.put("First byte of " + path, Duel.time(median), "", "at most 5 ms", median <= 5);
            if (Files.isExecutable(WRK)) {
                double rate = rate(detak.httpPort(), path);
                ResultTable.put(
                        "Requests per second of " + path + ", 8 clients",
                        String.format(Locale.ROOT, "%,.0f", rate),
                        "",
                        "at least 1,000",
                        rate >= 1000);
            }
        }
    }

    private static double rate(int port, String path) throws IOException, InterruptedException {
        Process wrk = new ProcessBuilder(WRK.toString(), "-t1", "-c8", "-d4s", "http://127.0.0.1:" + port + path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        wrk.waitFor();
        Matcher rate = RATE.matcher(output);
        assertThat(rate.find()).as(output).isTrue();
        assertThat(output).doesNotContain("Non-2xx", "Socket errors");
        return Double.parseDouble(rate.group(1));
    }

    // ---- memory

    private static void memory(RunningDetak running, PackagedDetak detak) throws IOException, InterruptedException {
        long after = memory(running.process()) + memory(postmaster(detak));
        ResultTable.put("Memory (Pss) after the queries", megabytes(after), "", "at most 450 MB", after <= 450 << 20);
        running.stop();
        try (RunningDetak idle = detak.serve()) {
            idle.get("/");
            Thread.sleep(10_000); // idle
            long used = memory(idle.process()) + memory(postmaster(detak));
            ResultTable.put("Memory (Pss) idle", megabytes(used), "", "at most 250 MB", used <= 250 << 20);
        }
    }

    private static ProcessHandle postmaster(PackagedDetak detak) {
        return new PostgresProcess(detak.data()).postmaster().orElseThrow();
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /** The proportional set size of a process and all its descendants, in bytes. */
    private static long memory(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(UserBench::ownMemory)
                .sum();
    }

    private static long ownMemory(ProcessHandle process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D+", "")) << 10)
                    .sum();
        } catch (IOException e) {
            return 0; // it ended meanwhile
        }
    }
}

package id.detak.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of results in the documentation: one row for each benchmark, replaced by each measurement. */
final class ResultTable {

    private static final Path PAGE = Path.of("src/docs/performance.md");
    private static final String BEGIN = "<!-- bench: written by mvn verify -Pbench -->";
    private static final String END = "<!-- /bench -->";
    private static final String HEAD = "| benchmark | measured | ratio | target | |\n|---|---|---|---|---|\n";

    /** A quick run only prints its figures. */
    private static final boolean WRITTEN = !Boolean.getBoolean("detak.bench.quick");

    private ResultTable() {}

    /**
     * @param what the benchmark, which is the key of the row
     * @param measured the times or rates of Detak and the reference
     * @param ratio Detak divided by the reference
     * @param wanted the target
     */
    static synchronized void put(String what, String measured, String ratio, String wanted, boolean met) {
        System.out.printf("%s: %s, ratio %s (target %s): %s%n", what, measured, ratio, wanted, met ? "met" : "MISSED");
        if (!WRITTEN) {
            return;
        }
        try {
            String page = Files.readString(PAGE);
            int begin = page.indexOf(BEGIN);
            int end = page.indexOf(END);
            Map<String, String> rows = new LinkedHashMap<>();
            page.substring(begin + BEGIN.length(), end)
                    .lines()
                    .filter(line -> line.startsWith("| ") && !line.startsWith("| benchmark"))
                    .forEach(line -> rows.put(line.split("\\|")[1].strip(), line));
            rows.put(
                    what,
                    "| %s | %s | %s | %s | %s |".formatted(what, measured, ratio, wanted, met ? "met" : "**missed**"));
            String table = BEGIN + "\n" + machine() + "\n\n" + HEAD + String.join("\n", rows.values()) + "\n" + END;
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end + END.length()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String machine() throws IOException {
        String cpu = "unknown processor";
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            List<String> models = Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.split(":")[1].strip())
                    .toList();
            cpu = models.isEmpty() ? cpu : models.get(0);
        }
        return "Measured on %s: %d cores of %s, JDK %d, %s %s."
                .formatted(
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        cpu,
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}

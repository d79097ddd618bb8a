package id.detak.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The README's table of performance, between two markers: a row for each benchmark, replaced when it is measured again. */
final class ResultTable {

    private static final Path README = Path.of("README.md");
    private static final String BEGIN = "<!-- bench: written by mvn verify -Pbench -->";
    private static final String END = "<!-- /bench -->";
    private static final String HEAD = "| what | measured | ratio | wanted | |\n|---|---|---|---|---|\n";

    private ResultTable() {
    }

    /**
     * @param what the row's name, which is its key
     * @param measured the times or rates of both sides
     * @param ratio ours against the yardstick, as text
     * @param wanted what the ratio should be, as text
     */
    static synchronized void put(String what, String measured, String ratio, String wanted, boolean met) {
        try {
            String readme = Files.readString(README);
            int begin = readme.indexOf(BEGIN);
            int end = readme.indexOf(END);
            Map<String, String> rows = new LinkedHashMap<>();
            readme.substring(begin + BEGIN.length(), end).lines().filter(line -> line.startsWith("| ") && !line.startsWith("| what"))
                    .forEach(line -> rows.put(line.split("\\|")[1].strip(), line));
            rows.put(what, "| %s | %s | %s | %s | %s |".formatted(what, measured, ratio, wanted, met ? "met" : "**missed**"));
            String table = BEGIN + "\n" + HEAD + String.join("\n", rows.values()) + "\n\n" + machine() + "\n" + END;
            Files.writeString(README, readme.substring(0, begin) + table + readme.substring(end + END.length()));
            System.out.printf("%s: %s, ratio %s (wanted %s): %s%n", what, measured, ratio, wanted, met ? "met" : "MISSED");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String machine() throws IOException {
        String cpu = "unknown processor";
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            List<String> models = Files.readAllLines(info).stream().filter(line -> line.startsWith("model name")).map(line -> line.split(":")[1].strip()).toList();
            cpu = models.isEmpty() ? cpu : models.get(0);
        }
        return "%s: %d cores of %s, JDK %d, %s %s.".formatted(LocalDate.now(), Runtime.getRuntime().availableProcessors(), cpu, Runtime.version().feature(),
                System.getProperty("os.name"), System.getProperty("os.arch"));
    }
}

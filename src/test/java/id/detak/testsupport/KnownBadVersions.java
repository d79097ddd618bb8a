package id.detak.testsupport;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The versions of libraries that must not be used: src/test/resources/known-bad-versions.csv names the version that
 * fixed each advisory.
 */
public final class KnownBadVersions {

    private static final Path LIST = Path.of("src/test/resources/known-bad-versions.csv");
    private static final Pattern PARTS = Pattern.compile("[.-]");

    private record Fixed(String group, String artifact, String version, String advisory) {}

    private final List<Fixed> list;

    public KnownBadVersions() throws IOException {
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(LIST)) {
            list = rows.stream()
                    .map(row -> new Fixed(
                            row.getField("group"),
                            row.getField("artifact"),
                            row.getField("fixed"),
                            row.getField("advisory")))
                    .toList();
        }
    }

    /** Why the version must not be used. */
    public Optional<String> objection(String group, String artifact, String version) {
        return list.stream()
                .filter(fixed ->
                        fixed.group.equals(group) && fixed.artifact.equals(artifact) && isBelow(version, fixed.version))
                .map(fixed -> group + ":" + artifact + " " + version + " is below " + fixed.version + ": "
                        + fixed.advisory + ". Raise it in pom.xml.")
                .findFirst();
    }

    /** Compares the numbers; qualifiers such as Final do not count. */
    static boolean isBelow(String version, String fixed) {
        String[] ours = PARTS.split(version);
        String[] other = PARTS.split(fixed);
        for (int i = 0; i < Math.max(ours.length, other.length); i++) {
            int difference = number(ours, i) - number(other, i);
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static int number(String[] parts, int i) {
        return i < parts.length && parts[i].matches("\\d{1,9}") ? Integer.parseInt(parts[i]) : 0;
    }
}

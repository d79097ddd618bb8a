package id.detak.page.shared;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Qute falls back to English where an Indonesian text is missing, without a warning. */
@BesideTheApplication
class MessagesTest {

    private static final Path FOLDER = Path.of("src/main/resources/messages");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}|%\\w+%");

    static Stream<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString().replaceFirst("_\\w+\\.properties$", ""))
                    .collect(Collectors.toSet())
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesHaveTheSameKeysAndPlaceholders(String bundle) throws IOException {
        Map<String, List<String>> english = placeholders(bundle, "en");
        assertThat(english).isNotEmpty();
        assertThat(placeholders(bundle, "id")).isEqualTo(english);
    }

    /** @return the placeholders and Qute sections of each text by its key */
    private static Map<String, List<String>> placeholders(String bundle, String language) throws IOException {
        Map<String, List<String>> found = new TreeMap<>();
        for (String line : Files.readAllLines(FOLDER.resolve(bundle + "_" + language + ".properties"))) {
            String[] message = line.split("=", 2);
            found.put(
                    message[0],
                    PLACEHOLDER
                            .matcher(message[1])
                            .results()
                            .map(MatchResult::group)
                            .sorted()
                            .toList());
        }
        return found;
    }
}

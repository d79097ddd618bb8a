package id.detak.page.shared;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each text exists in both languages. Qute falls back to English without a warning. */
@BesideTheApplication
class MessagesTest {

    private static final List<Path> FOLDERS =
            List.of(Path.of("src/main/resources/messages"), Path.of("src/main/resources/texts"));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}|%\\w+%");

    /** Texts that are the same in both languages: names, symbols, and words that both languages have. */
    private static final Set<String> SAME = Set.of(
            "access.token",
            "alert.move",
            "alert.price",
            "alert.severity.info",
            "chart.area",
            "chart.sumRange",
            "indicators.other",
            "message.title",
            "msg.menu",
            "msg.tokenLabel",
            "overview.log");

    static Stream<Path> bundles() throws IOException {
        List<Path> bundles = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith("_en.properties")).forEach(bundles::add);
            }
        }
        return bundles.stream();
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bothLanguagesHaveTheSameKeysAndPlaceholders(Path english) throws IOException {
        assertThat(texts(english)).isNotEmpty();
        Map<String, List<String>> expected = placeholders(english);
        Map<String, List<String>> translated = placeholders(indonesian(english));
        if (bundle(english).equals("sentences")) { // a translation may be shorter
            assertThat(translated.keySet()).isEqualTo(expected.keySet());
            translated.forEach(
                    (key, names) -> assertThat(expected.get(key)).as(key).containsAll(names));
        } else {
            assertThat(translated).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void noTextIsUntranslated(Path english) throws IOException {
        Map<String, String> translated = texts(indonesian(english));
        Set<String> same = new TreeSet<>();
        texts(english).forEach((key, text) -> {
            if (Objects.equals(text, translated.get(key)) && text.matches(".*[a-z]{2}.*")) {
                same.add(bundle(english) + "." + key);
            }
        });
        same.removeAll(SAME);
        assertThat(same).isEmpty();
    }

    private static String bundle(Path english) {
        return english.getFileName().toString().replace("_en.properties", "");
    }

    private static Path indonesian(Path english) {
        return english.resolveSibling(bundle(english) + "_id.properties");
    }

    /** @return the placeholders and Qute sections of each text by its key */
    private static Map<String, List<String>> placeholders(Path file) throws IOException {
        return texts(file).entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, text -> PLACEHOLDER
                .matcher(text.getValue())
                .results()
                .map(MatchResult::group)
                .sorted()
                .toList()));
    }

    private static Map<String, String> texts(Path file) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] text = line.split("=", 2);
            assertThat(text).as(line).hasSize(2);
            assertThat(texts.put(text[0], text[1])).as("twice: " + text[0]).isNull();
        }
        return texts;
    }
}

package id.detak.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds English words in an Indonesian text: words that occur in Detak's English texts but in none of its Indonesian
 * ones, and the most frequent English words.
 */
public final class EnglishWords {

    private static final List<Path> FOLDERS =
            List.of(Path.of("src/main/resources/messages"), Path.of("src/main/resources/texts"));
    private static final Pattern MARKUP = Pattern.compile("\\{[^}]*}|%\\w+%");
    private static final Pattern WORD =
            Pattern.compile("(?<![\\p{L}\\p{N}_./{-])\\p{L}{2,}(?![\\p{L}\\p{N}_}]|\\.\\p{L})");
    private static final Set<String> FREQUENT = Set.of(
            "the", "of", "and", "is", "are", "was", "were", "to", "not", "no", "for", "with", "from", "it", "its",
            "this", "that", "has", "have", "by", "at", "on", "in", "be", "been", "an", "or", "which", "could", "would",
            "will", "there");

    /** Names, codes, units and words that are the same in both languages. */
    private static final Set<String> ALLOWED = Set.of(
            "english", // the name of the other language
            "drawdown",
            "id",
            "rule", // placeholders of rules
            "slack",
            "all" // in addresses and ids only
            );

    private static final Set<String> ENGLISH = vocabulary();

    private EnglishWords() {}

    public static List<String> in(String text) {
        return words(MARKUP.matcher(text).replaceAll(" "))
                .filter(ENGLISH::contains)
                .toList();
    }

    private static Set<String> vocabulary() {
        Set<String> words = new TreeSet<>(FREQUENT);
        words.addAll(wordsOf("_en.properties"));
        words.removeAll(wordsOf("_id.properties"));
        words.removeAll(ALLOWED);
        return words;
    }

    private static Set<String> wordsOf(String ending) {
        return lines(ending)
                .map(line -> MARKUP.matcher(line.split("=", 2)[1]).replaceAll(" "))
                .flatMap(EnglishWords::words)
                .collect(Collectors.toSet());
    }

    private static Stream<String> words(String text) {
        return WORD.matcher(text).results().map(MatchResult::group).map(word -> word.toLowerCase(Locale.ROOT));
    }

    private static Stream<String> lines(String ending) {
        List<String> lines = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file :
                        (Iterable<Path>) files.filter(path -> path.toString().endsWith(ending))::iterator) {
                    lines.addAll(Files.readAllLines(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines.stream().filter(line -> line.contains("="));
    }
}

package id.detak.platform.language;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.EnglishWords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences that are stored in English are translated when they are shown. */
@BesideTheApplication
class SentencesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    /** The reason of a failed fetch or delivery, up to the end of the statement. */
    private static final Pattern REASON = Pattern.compile(
            "(?:new SendException|new SendResult\\.(?:NotTaken|Gone)|FetchException\\.(?:unreachable|refused|of|httpError))\\(([^;]*);");

    private static final Pattern LITERAL = Pattern.compile("\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"");

    private static final String CODE = allCode();
    private static final String LITERALS = literals(CODE);

    static Stream<String> keys() {
        return Texts.of("sentences", Language.ENGLISH).keys().stream().sorted();
    }

    private static String indonesian(String english) {
        return Sentences.in(Language.INDONESIAN, english);
    }

    @ParameterizedTest
    @MethodSource("keys")
    void eachFormIsTranslated(String key) {
        Map<String, String> values = Stream.of(
                        "origin",
                        "host",
                        "status",
                        "count",
                        "time",
                        "size",
                        "codes",
                        "code",
                        "pieces",
                        "most",
                        "all",
                        "clock",
                        "problem",
                        "id",
                        "rules",
                        "seconds",
                        "source",
                        "other",
                        "first",
                        "second",
                        "label",
                        "how",
                        "objection")
                .collect(Collectors.toMap(name -> name, name -> "7"));
        values.put("reason", "The fetch was interrupted.");
        String english = Texts.of("sentences", Language.ENGLISH).get(key, values);
        assertThat(Sentences.in(Language.ENGLISH, english)).isEqualTo(english);
        values.put("reason", "Pengambilan terputus.");
        assertThat(indonesian(english))
                .isEqualTo(Texts.of("sentences", Language.INDONESIAN).get(key, values));
        assertThat(EnglishWords.in(indonesian(english))).as(english).isEmpty();
    }

    @Test
    void severalSentencesAreTranslatedOneByOne() {
        assertThat(indonesian(
                        "http://127.0.0.1:1 answered 503. 5 pieces could not be parsed; earlier pages had at most 2."))
                .isEqualTo(
                        "http://127.0.0.1:1 menjawab 503. 5 bagian tidak dapat dipahami; sebelumnya paling banyak 2.");
        assertThat(indonesian(
                        "robots.txt of http://a.example could not be read: The host a.example could not be found."))
                .isEqualTo("robots.txt di http://a.example tidak dapat dibaca: Host a.example tidak ditemukan.");
    }

    @Test
    void sentencesOfEarlierVersionsAreTranslated() {
        assertThat(indonesian("The host a.example could not be looked up: too many look-ups hang already."))
                .isEqualTo("Alamat host a.example tidak dapat dicari: terlalu banyak pencarian yang macet.");
        assertThat(indonesian("mail.test offers no STARTTLS: give the security that it has, tls or none."))
                .isEqualTo(
                        "mail.test tidak menyediakan STARTTLS: pilih enkripsi yang tersedia, TLS atau tanpa enkripsi.");
    }

    @Test
    void detailsOfTheAuditLogAreTranslated() {
        assertThat(Sentences.inAudit(Language.INDONESIAN, "into IDX; observations moved 12, same 3, conflicting 0"))
                .isEqualTo("ke IDX; pengamatan dipindahkan 12, sama 3, bertentangan 0");
        assertThat(Sentences.inAudit(Language.INDONESIAN, "")).isEmpty();
    }

    @Test
    void unknownSentencesStayAsTheyAre() {
        assertThat(indonesian("A person wrote this. {7*7} $1 \\")).isEqualTo("A person wrote this. {7*7} $1 \\");
        assertThat(indonesian(null)).isNull();
        assertThat(indonesian("")).isEmpty();
    }

    /** Rows of earlier versions still have these sentences, but the code does not. */
    private static boolean isFormer(String key) {
        return key.endsWith(".former");
    }

    static Stream<String> currentKeys() {
        return keys().filter(key -> !isFormer(key));
    }

    /** A sentence that changes in the code must change here, too; its earlier form stays as a {@code .former} key. */
    @ParameterizedTest
    @MethodSource("currentKeys")
    void eachSentenceExistsInTheCode(String key) {

        for (String part : Texts.of("sentences", Language.ENGLISH).template(key).split("\\{\\w+}")) {
            String longest = Stream.of(part.split("[,;:.(]"))
                    .map(String::strip)
                    .max(Comparator.comparing(String::length))
                    .orElse("");
            String beginning = Stream.of(longest.split(" ")).limit(3).collect(Collectors.joining(" "));
            assertThat(LITERALS.contains(beginning)).as(key + ": " + beginning).isTrue();
        }
    }

    @Test
    void eachReasonOfTheCodeHasATranslation() {
        String forms = Texts.of("sentences", Language.ENGLISH).keys().stream()
                .filter(key -> !isFormer(key))
                .map(key -> Texts.of("sentences", Language.ENGLISH).template(key))
                .collect(Collectors.joining("\n"));
        List<String> unknown = REASON.matcher(CODE)
                .results()
                .flatMap(match -> LITERAL.matcher(match.group(1)).results())
                .map(match -> match.group(1))
                .filter(literal -> literal.strip().length() > 3)
                .filter(literal -> !forms.contains(literal))
                .toList();
        assertThat(unknown).isEmpty();
    }

    private static String allCode() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            StringBuilder code = new StringBuilder();
            for (Path file :
                    (Iterable<Path>) files.filter(path -> path.toString().endsWith(".java"))::iterator) {
                code.append(Files.readString(file).replaceAll("(?s)\"\"\".*?\"\"\"|'\"'", ""))
                        .append('\n');
            }
            return code.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The strings of the code; those that are concatenated follow each other. */
    private static String literals(String code) {
        return code.lines()
                .flatMap(line -> LITERAL.matcher(line).results())
                .map(match -> match.group(1).replace("\\\"", "\""))
                .collect(Collectors.joining());
    }
}

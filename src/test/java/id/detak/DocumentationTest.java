package id.detak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import id.detak.indicator.IndicatorSeed;
import id.detak.strip.StripParser;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks README.md and src/docs against each other and against the program. */
@BesideTheApplication
class DocumentationTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCS = Path.of("src/docs");
    private static final Path COMMANDS = Path.of("src/main/java/id/detak/cli");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```$");
    private static final Pattern JSON_FENCE = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```(?:console)?\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
    private static final Pattern SETTING = Pattern.compile("\\bDETAK_[A-Z]+(?:_[A-Z]+)*\\b");
    private static final Pattern DOCUMENTED_SETTING = Pattern.compile("(?m)^\\| `(DETAK_[A-Z_]+)` \\|");
    private static final Pattern COMMAND = Pattern.compile("@Command\\(\\s*name = \"([^\"]+)\"");
    private static final Pattern DOCUMENTED_COMMAND = Pattern.compile("(?m)^\\| \\[`([a-z-]+)[^`]*`]");
    private static final Pattern OPTION = Pattern.compile("@Option\\(\\s*names = \"([^\"]+)\"");
    private static final Pattern ENDPOINT = Pattern.compile("\\b(GET|POST|PUT|PATCH|DELETE) (/(?:api|q)/[^\\s`?,]+)");
    private static final Pattern PATH = Pattern.compile("(?:localhost:\\d+|`)(/(?:api|q)/[^\\s`'\"?,]+)");
    private static final Pattern INLINE_JSON = Pattern.compile("(?s)-d '(\\{.*?})'|`(\\{\".*?})`");

    private static final Pattern CLASS_NAME = Pattern.compile("`@?((?:[A-Z][a-z]+){2,})[.`]");
    private static final Pattern SOURCE_FILE =
            Pattern.compile("`(?:[a-z_]+/)?([\\w-]+\\.(?:java|js|html|csv|properties|txt))`");
    private static final Pattern SOURCE_PATH = Pattern.compile("\\b(src/[\\w./-]*\\w)");

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    static List<Path> pages() {
        return Stream.concat(Stream.of(README), files(DOCS, ".md")).toList();
    }

    @Test
    void glossaryIsAlphabetical() {
        String glossary = text(DOCS.resolve("contributing.md")).split("(?m)^## ")[1];
        assertThat(glossary.lines()
                        .filter(line -> line.startsWith("| ") && !line.startsWith("| term "))
                        .map(line -> line.split("[|,]")[1].strip()))
                .hasSizeGreaterThan(50)
                .isSortedAccordingTo(String.CASE_INSENSITIVE_ORDER);
    }

    @Test
    void readmeIsShort() throws IOException {
        assertThat(Files.size(README))
                .as("bytes of %s: move details to %s", README, DOCS)
                .isLessThanOrEqualTo(10_240);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksResolve(Path page) {
        for (String link : all(LINK, FENCE.matcher(text(page)).replaceAll(""))) {
            if (link.matches("[a-z]+:.*")) {
                continue;
            }
            String[] parts = link.split("#", 2);
            Path target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(target).as("link %s in %s", link, page).exists();
            if (parts.length == 2) {
                assertThat(anchors(target))
                        .as("anchors of %s, linked from %s", target, page)
                        .contains(parts[1]);
            }
        }
    }

    @Test
    void everyPageIsLinkedFromTheReadme() {
        assertThat(all(LINK, text(README)))
                .containsAll(files(DOCS, ".md").map(Path::toString).toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void settingsExist(Path page) {
        assertThat(documentedSettings()).containsAll(all(SETTING, text(page)));
    }

    private static List<String> documentedSettings() {
        return all(DOCUMENTED_SETTING, text(DOCS.resolve("configuration.md")));
    }

    @Test
    void commandsAndOptionsAreDocumented() {
        String page = text(DOCS.resolve("commands.md"));
        List<String> sources =
                files(COMMANDS, ".java").map(DocumentationTest::text).toList();
        List<String> commands = sources.stream()
                .flatMap(source -> all(COMMAND, source).stream())
                .filter(name -> !name.equals("detak"))
                .toList();
        List<String> options =
                sources.stream().flatMap(source -> all(OPTION, source).stream()).toList();
        assertThat(commands).isNotEmpty();
        assertThat(all(DOCUMENTED_COMMAND, page)).containsExactlyInAnyOrderElementsOf(commands);
        assertThat(options).isNotEmpty().allSatisfy(option -> assertThat(page).contains(option));
    }

    /** The test of access compares routes.txt with the program's routes. */
    @Test
    void apiListsEveryRoute() throws IOException {
        List<String> routes =
                routes().stream().filter(route -> route.contains(" /api/")).toList();
        assertThat(all(ENDPOINT, text(DOCS.resolve("api.md")))).containsAll(routes);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void pathsExist(Path page) throws IOException {
        List<String> routes = routes();
        List<Pattern> paths =
                routes.stream().map(DocumentationTest::pathPattern).toList();
        assertThat(all(ENDPOINT, text(page)))
                .filteredOn(call -> !call.startsWith("GET /q/"))
                .isSubsetOf(routes);
        assertThat(all(PATH, text(page)))
                .filteredOn(path -> !path.startsWith("/q/health/group/"))
                .allMatch(path ->
                        paths.stream().anyMatch(pattern -> pattern.matcher(path).matches()));
    }

    private static Pattern pathPattern(String route) {
        String path = route.substring(route.indexOf(' ') + 1);
        return Pattern.compile(path.replace(".", "\\.").replaceAll("\\{\\w+}", "[^/]+") + "/?");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void jsonExamplesParse(Path page) {
        String text = text(page);
        all(JSON_FENCE, text).forEach(json -> parse(json, page));
        all(INLINE_JSON, text).forEach(json -> parse(json, page));
        all(CONSOLE, text).stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("{"))
                .forEach(line -> parse(line, page));
    }

    @Test
    void filesToTouchExist() {
        String page = text(DOCS.resolve("contributing.md"));
        List<String> files = files(Path.of("src"), "")
                .map(file -> file.getFileName().toString())
                .toList();
        assertThat(files).containsAll(all(SOURCE_FILE, page));
        assertThat(files)
                .containsAll(all(CLASS_NAME, page).stream()
                        .map(name -> name + ".java")
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void sourcePathsExist(Path page) {
        assertThat(all(SOURCE_PATH, text(page))).map(Path::of).allSatisfy(path -> assertThat(path)
                .exists());
    }

    @Test
    void parseExampleIsRealOutput() {
        Path page = DOCS.resolve("commands.md");
        List<String> blocks = all(FENCE, text(page));
        String strip = first(blocks.stream(), "| : WIB");
        String output = first(blocks.stream().flatMap(String::lines), "{\"clock\"");
        StripParser parser = new StripParser(IndicatorSeed.labels(IndicatorSeed.builtIn()));
        List<JsonNode> quotes = parser.parse(strip).orElseThrow().quotes().stream()
                .map(quote -> parse(write(quote), page))
                .toList();
        assertThat(parse(output, page).path("quotes")).containsExactlyElementsOf(quotes);
    }

    private static String first(Stream<String> texts, String start) {
        return texts.filter(text -> text.startsWith(start)).findFirst().orElseThrow();
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An example that ends with … is shortened, and parses up to that point. */
    private static JsonNode parse(String json, Path page) {
        boolean shortened = json.strip().endsWith("…");
        try {
            if (!shortened) {
                return JSON.readTree(json);
            }
            try (JsonParser parser = JSON.createParser(json.strip().replaceFirst(",?…$", ""))) {
                while (parser.nextToken() != null) {
                    parser.getText();
                }
            } catch (JsonEOFException e) {
                return null;
            }
            throw new AssertionError("Not shortened in " + page + ": " + json);
        } catch (IOException e) {
            throw new AssertionError("Not JSON in " + page + ": " + json, e);
        }
    }

    /** Method and path of each route. */
    private static List<String> routes() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/access/routes.txt")).stream()
                .filter(line -> line.matches("[A-Z]+ .*"))
                .map(line -> line.split(" +"))
                .map(words -> words[0] + " " + words[1])
                .toList();
    }

    private static Set<String> anchors(Path page) {
        return all(HEADING, FENCE.matcher(text(page)).replaceAll("")).stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Stream<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The groups of each match, joined by a space. */
    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(DocumentationTest::groups).toList();
    }

    private static String groups(MatchResult match) {
        return match.groupCount() == 0
                ? match.group()
                : IntStream.rangeClosed(1, match.groupCount())
                        .mapToObj(match::group)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining(" "));
    }
}

package id.detak.platform.language;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of {@code texts/<bundle>_<language>.properties}. {@code {name}} is replaced by a value; a part in square
 * brackets is left out if a value in it is missing or empty. Values are never evaluated.
 */
public final class Texts {

    private static final Pattern OPTIONAL_OR_PLACEHOLDER = Pattern.compile("\\[([^\\[\\]]*)]|\\{(\\w+)}");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    private static final Map<String, Texts> LOADED = new ConcurrentHashMap<>();

    private final String file;
    private final Properties texts = new Properties();

    private Texts(String file) {
        this.file = file;
        try (InputStream in = Texts.class.getResourceAsStream(file)) {
            texts.load(new InputStreamReader(in, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Texts of(String bundle, Language language) {
        return LOADED.computeIfAbsent("/texts/" + bundle + "_" + language.tag() + ".properties", Texts::new);
    }

    Set<String> keys() {
        return texts.stringPropertyNames();
    }

    /** The text as it is in the file. */
    String template(String key) {
        String template = texts.getProperty(key);
        if (template == null) {
            throw new IllegalArgumentException(file + " has no " + key);
        }
        return template;
    }

    public String get(String key) {
        return get(key, Map.of());
    }

    public String get(String key, Map<String, String> values) {
        return replaced(
                OPTIONAL_OR_PLACEHOLDER,
                template(key),
                match -> match.group(1) == null
                        ? values.getOrDefault(match.group(2), "")
                        : optional(match.group(1), values));
    }

    private static String optional(String part, Map<String, String> values) {
        boolean complete = PLACEHOLDER.matcher(part).results().noneMatch(match -> values.getOrDefault(
                        match.group(1), "")
                .isEmpty());
        return complete ? replaced(PLACEHOLDER, part, match -> values.get(match.group(1))) : "";
    }

    private static String replaced(Pattern pattern, String text, Function<MatchResult, String> value) {
        return pattern.matcher(text).replaceAll(match -> Matcher.quoteReplacement(value.apply(match)));
    }
}

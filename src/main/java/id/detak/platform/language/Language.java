package id.detak.platform.language;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A language of pages and messages. The first one is the default. */
public enum Language {
    ENGLISH("en", "English"),
    INDONESIAN("id", "Bahasa Indonesia");

    /** The word in the table and in JSON, as in {@code Accept-Language}. */
    @JsonValue
    @EnumeratedValue
    private final String tag;

    private final String label;
    private final Locale locale;

    Language(String tag, String label) {
        this.tag = tag;
        this.label = label;
        this.locale = Locale.forLanguageTag(tag);
    }

    public String tag() {
        return tag;
    }

    /** The name of the language in that language. */
    public String label() {
        return label;
    }

    public Locale locale() {
        return locale;
    }

    /** @throws IllegalArgumentException if it is not supported */
    @JsonCreator
    public static Language of(String tag) {
        return find(tag).orElseThrow(() -> new IllegalArgumentException("language must be en or id."));
    }

    public static Optional<Language> find(String tag) {
        return Stream.of(values()).filter(language -> language.tag.equals(tag)).findFirst();
    }

    /** The first supported one of {@code Accept-Language}, else English. */
    public static Language preferred(List<Locale> accepted) {
        return accepted.stream()
                .map(locale -> locale.getLanguage().equals("in") ? INDONESIAN.tag : locale.getLanguage())
                .flatMap(tag -> find(tag).stream())
                .findFirst()
                .orElse(ENGLISH);
    }
}

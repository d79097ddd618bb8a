package id.detak.page.shared;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** Who asked for a page, as far as it matters: the language that they read. */
public record Visitor(Locale locale) {

    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    /** The first language of the browser's that there is, else English. {@link LanguageChoice} has put there what was chosen. */
    public static Visitor of(HttpHeaders headers) {
        for (Locale accepted : headers.getAcceptableLanguages()) {
            switch (accepted.getLanguage()) {
                case "id", "in" -> {
                    return new Visitor(INDONESIAN);
                }
                case "en" -> {
                    return new Visitor(Locale.ENGLISH);
                }
                default -> {
                    // the next one that the browser would take
                }
            }
        }
        return new Visitor(Locale.ENGLISH);
    }

    /** By a language's code; empty where there are no words in it. */
    public static Optional<Visitor> reading(String language) {
        return switch (language) {
            case "id" -> Optional.of(new Visitor(INDONESIAN));
            case "en" -> Optional.of(new Visitor(Locale.ENGLISH));
            default -> Optional.empty();
        };
    }

    public String lang() {
        return locale.getLanguage();
    }

    public Formats formats() {
        return new Formats(locale);
    }

    public <T> T words(Class<T> bundle) {
        return MessageBundles.get(bundle, Localized.Literal.of(lang()));
    }

    public AppMessages words() {
        return words(AppMessages.class);
    }

    public ChartMessages chartWords() {
        return MessageBundles.get(ChartMessages.class, Localized.Literal.of(lang()));
    }
}

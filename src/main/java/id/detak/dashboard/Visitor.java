package id.detak.dashboard;

import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Locale;
import java.util.Optional;

/** Who asked for a page, as far as it matters: the language that they read. */
record Visitor(Locale locale) {

    private static final Locale INDONESIAN = Locale.forLanguageTag("id");

    /** The first language of the browser's that there is, else English. {@link LanguageChoice} has put there what was chosen. */
    static Visitor of(HttpHeaders headers) {
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
    static Optional<Visitor> reading(String language) {
        return switch (language) {
            case "id" -> Optional.of(new Visitor(INDONESIAN));
            case "en" -> Optional.of(new Visitor(Locale.ENGLISH));
            default -> Optional.empty();
        };
    }

    String lang() {
        return locale.getLanguage();
    }

    Formats formats() {
        return new Formats(locale);
    }

    <T> T words(Class<T> bundle) {
        return MessageBundles.get(bundle, Localized.Literal.of(lang()));
    }

    AppMessages words() {
        return words(AppMessages.class);
    }

    ChartMessages chartWords() {
        return MessageBundles.get(ChartMessages.class, Localized.Literal.of(lang()));
    }
}

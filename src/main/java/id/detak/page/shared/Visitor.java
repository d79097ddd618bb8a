package id.detak.page.shared;

import id.detak.platform.language.Language;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The reader of a page: their language, and the messages and formats in it. */
public record Visitor(Locale locale) {

    /**
     * The visitor with the first supported language of {@code Accept-Language}, else English. {@link LanguageChoice}
     * has put a chosen language there.
     */
    public static Visitor of(HttpHeaders headers) {
        return of(headers.getAcceptableLanguages());
    }

    public static Visitor of(List<Locale> languages) {
        return new Visitor(Language.preferred(languages).locale());
    }

    /** @return empty if the language is not supported */
    public static Optional<Visitor> ofLanguage(String language) {
        return Language.find(language).map(found -> new Visitor(found.locale()));
    }

    public String lang() {
        return locale.getLanguage();
    }

    public Formats formats() {
        return new Formats(locale);
    }

    public <T> T messages(Class<T> bundle) {
        return MessageBundles.get(bundle, Localized.Literal.of(lang()));
    }

    public AppMessages messages() {
        return messages(AppMessages.class);
    }

    public ChartMessages chartMessages() {
        return messages(ChartMessages.class);
    }
}

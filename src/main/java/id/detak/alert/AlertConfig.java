package id.detak.alert;

import id.detak.platform.language.Language;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of rules. */
@ConfigMapping(prefix = "detak")
public interface AlertConfig {

    /** The language of the names of the rules that a new installation starts with. */
    @WithDefault("en")
    StarterLanguage starterRules();

    /** A language, or no starter rules. */
    enum StarterLanguage {
        EN(Language.ENGLISH),
        ID(Language.INDONESIAN),
        NONE(null);

        private final Language language;

        StarterLanguage(Language language) {
            this.language = language;
        }

        Optional<Language> language() {
            return Optional.ofNullable(language);
        }
    }
}

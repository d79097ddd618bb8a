package id.detak.page.shared;

import java.util.List;

/**
 * A language of the pages.
 *
 * @param name the name of the language in that language
 */
record Language(String tag, String name) {

    static final List<Language> ALL = List.of(new Language("id", "Bahasa Indonesia"), new Language("en", "English"));

    /** Whether a value of a URL or cookie is a supported language. */
    static boolean exists(String tag) {
        return ALL.stream().anyMatch(language -> language.tag.equals(tag));
    }
}

package id.detak.page.shared;

import java.util.List;

/**
 * A language that pages can be had in.
 *
 * @param name in that language
 */
record Language(String tag, String name) {

    static final List<Language> ALL = List.of(new Language("id", "Bahasa Indonesia"), new Language("en", "English"));

    /** What of an address or a cookie is taken. */
    static boolean exists(String tag) {
        return ALL.stream().anyMatch(language -> language.tag.equals(tag));
    }
}

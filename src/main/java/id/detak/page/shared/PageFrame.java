package id.detak.page.shared;

import id.detak.http.BuildId;
import id.detak.notify.Severity;
import id.detak.platform.Version;
import id.detak.platform.language.Language;
import java.time.Instant;
import java.util.List;

/**
 * The data of the layout around every page.
 *
 * @param page the page's entry in the navigation, or empty
 * @param firing the number of firing alerts
 * @param lang language code of the page
 * @param theme {@code light} or {@code dark} if the reader chose one, else null
 * @param site the public base URL, for addresses that other programs read
 * @param madeAt when the page was rendered; an offline browser can show it much later
 * @param account the signed-in user, or null
 * @param here the path and query of the page, to return to after signing in
 * @param otherQuery the query parameters other than the language, each followed by {@code &}
 */
public record PageFrame(
        String page,
        long firing,
        boolean demo,
        String lang,
        String theme,
        String site,
        Instant madeAt,
        Account account,
        String here,
        String otherQuery) {

    /** The version and build of the program. */
    public String version() {
        return Version.NUMBER + " (" + BuildId.OWN + ")";
    }

    public List<Language> languages() {
        return List.of(Language.INDONESIAN, Language.ENGLISH);
    }

    public List<String> themes() {
        return ThemeChoice.ALL;
    }

    public List<Severity> severities() {
        return List.of(Severity.values());
    }
}

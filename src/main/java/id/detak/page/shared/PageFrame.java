package id.detak.page.shared;

import id.detak.notify.Severity;
import java.time.Instant;
import java.util.List;

/**
 * What all pages have around them.
 *
 * @param page which of the navigation's it is, or empty
 * @param firing how many alerts fire
 * @param lang in which it is written
 * @param madeAt when the page was made: a browser may show it again later, when it has no connection
 * @param account who has signed in, or null
 * @param here the page's own path and query, for coming back to it
 * @param otherQuery what its address asks for besides the language, to go before more of it
 */
public record PageFrame(String page, long firing, boolean demo, String lang, Instant madeAt, Account account, String here, String otherQuery) {

    public List<Language> languages() {
        return Language.ALL;
    }

    public List<Severity> severities() {
        return List.of(Severity.values());
    }
}

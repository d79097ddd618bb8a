package id.detak.dashboard;

import java.time.Instant;

/**
 * What all pages have around them.
 *
 * @param page which of the navigation's it is, or empty
 * @param firing how many alerts fire
 * @param madeAt when the page was made: a browser may show it again later, when it has no connection
 */
record Shell(String page, long firing, boolean demo, String lang, Instant madeAt) {
}

package id.detak.dashboard;

/**
 * What all pages have around them.
 *
 * @param page which of the navigation's it is, or empty
 * @param firing how many alerts fire
 */
record Shell(String page, long firing, boolean demo, String lang) {
}

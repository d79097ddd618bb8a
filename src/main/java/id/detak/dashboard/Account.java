package id.detak.dashboard;

/**
 * Who has signed in.
 *
 * @param csrfToken what signing out needs; null for whoever came with a token
 */
record Account(String name, boolean admin, String csrfToken) {
}

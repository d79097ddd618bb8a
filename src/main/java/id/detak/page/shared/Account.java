package id.detak.page.shared;

/**
 * Who has signed in.
 *
 * @param session whether there is one to sign out of, or they came with a token
 */
record Account(String name, boolean admin, boolean session) {
}

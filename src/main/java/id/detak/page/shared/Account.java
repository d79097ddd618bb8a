package id.detak.page.shared;

/**
 * The signed-in user.
 *
 * @param session whether there is a session to sign out of; false for a request with a token
 */
record Account(String name, boolean admin, boolean session) {}

/**
 * Helpers for tests of several packages: the database for {@code @QuarkusTest}, a browser, and the packaged program.
 */
package id.detak.testsupport;

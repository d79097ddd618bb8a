/**
 * What the tests of several packages share: the database under {@code @QuarkusTest}, a browser, and the packaged
 * program.
 */
package id.detak.testsupport;

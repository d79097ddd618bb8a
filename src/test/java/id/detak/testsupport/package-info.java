/** What the tests of several packages share: the database under {@code @QuarkusTest}, and a browser. */
package id.detak.testsupport;

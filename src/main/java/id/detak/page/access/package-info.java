/** The sign-in page, and the page of read tokens. */
package id.detak.page.access;

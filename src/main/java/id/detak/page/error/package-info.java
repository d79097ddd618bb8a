/** Errors as pages, for browsers. */
package id.detak.page.error;

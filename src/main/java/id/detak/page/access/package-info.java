/** Signing in and out, and the read tokens. */
package id.detak.page.access;

/** The overview with its cards. */
package id.detak.page.overview;

/** The overview with its cards, and the page of a capture. */
package id.detak.page.overview;

/** The overview with its cards, and the page of one capture. */
package id.detak.page.overview;

/** The latest quotes as images: SVG cards for other sites, and PNG pictures for link previews. */
package id.detak.page.card;

/** The latest quote of an indicator as an SVG image for other sites. */
package id.detak.page.card;

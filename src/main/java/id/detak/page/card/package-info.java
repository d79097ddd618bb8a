/** An indicator's latest quote as an SVG picture for other sites. */
package id.detak.page.card;

/** The page of sources, with a button that polls one. */
package id.detak.page.sources;

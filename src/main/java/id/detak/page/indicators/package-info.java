/** The page of indicators, with their labels and sources, and of labels that are no indicator yet. */
package id.detak.page.indicators;

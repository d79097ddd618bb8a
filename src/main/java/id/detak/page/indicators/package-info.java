/** The indicators, with their labels and sources, and the labels that are not one. */
package id.detak.page.indicators;

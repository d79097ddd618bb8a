/**
 * Histories, changes and comparisons as JSON and CSV. Everything except raw points is read from bars, so the cost of a
 * response depends on its size.
 */
package id.detak.series.history;

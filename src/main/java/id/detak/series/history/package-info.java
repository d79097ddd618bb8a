/**
 * The answers to how a series got here: {@code history}, {@code changes}, {@code compare}, as JSON and CSV. All but raw points is
 * answered from bars, so an answer costs what it returns. May use {@code series} and what stands before it.
 */
package id.detak.series.history;

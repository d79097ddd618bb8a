/**
 * The indicators (codes, kinds, units, decimals, labels) and their market hours.
 *
 * <p>Both are data: {@code indicators.csv}, {@code calendars.csv} and {@code idx-holidays.csv} are resources, and a
 * file of the same name in the data folder extends or corrects them. What the admin renames, merges or deletes is in
 * the tables {@code indicator} and {@code indicator_label}.
 */
package id.detak.indicator;

/**
 * Which indicators exist (codes, kinds, units, decimals, labels) and when their markets are open.
 *
 * <p>Both are data: {@code indicators.csv}, {@code calendars.csv} and {@code idx-holidays.csv} are resources, and a file
 * of the same name in the data folder extends or corrects them. May use {@code strip} and {@code platform}.
 */
package id.detak.indicator;

/**
 * Tables that people have: CSV of other programs and sites, and spreadsheets. Plain Java.
 *
 * <p>A {@link id.detak.series.table.TableFile} is read twice: {@link id.detak.series.table.TableFormat} first looks at
 * every date and number of it, since one row such as {@code 25/03/2021} says how all dates are written; then it reads
 * the rows. What the whole file leaves open is an error that names the option to add: nothing is guessed.
 *
 * <p>To add a kind of file, add a {@link id.detak.series.table.Profile} and a line in the table of {@code commands.md}.
 */
package id.detak.series.table;

/**
 * Import and export of observations: {@link id.detak.series.csv.CsvFormat}, UTF-8, a header line, a dot as decimal
 * mark, empty fields for missing numbers, times in ISO 8601 with offset. An export can be imported without loss. Tables
 * of other programs become the same batches of rows: {@link id.detak.series.table}.
 *
 * <p>An import uses binary COPY in batches with a transaction each, so it can be stopped and repeated. Rows after the
 * last stored one go straight into the table, and their bars are calculated as a set. Other rows, and those with open,
 * high and low of their day, go through a staging table and one insert, and the days around them are recalculated. An
 * export streams the output of PostgreSQL's COPY.
 */
package id.detak.series.csv;

/**
 * Rows in and out: {@code code,observed_at,value,change,change_percent,quality}, UTF-8, a header line, a dot as decimal mark,
 * nothing where a number is missing, times in ISO 8601 with offset. What goes out comes in again as it was.
 *
 * <p>In: by binary COPY, in batches that are transactions of their own, so an import may be stopped and started again. Rows
 * behind which nothing is stored go straight into the table, and their bars are built as a set; others go through a staging
 * table and one insert, and the days around them are made anew. Out: what PostgreSQL's COPY writes, handed on as it comes.
 */
package id.detak.series.csv;

/**
 * The commands, on the same jar: {@code serve} (the default), {@code parse}, {@code poll}, {@code import}.
 *
 * <p>Plain picocli, not {@code quarkus-picocli}: a command line is read, and refused where it is wrong, before any database or
 * Quarkus starts; {@code parse} never starts either. Exit codes: 0 done, 1 could not read or reach, 2 nothing to understand or
 * wrong use; one line on standard error says why.
 */
package id.detak.cli;

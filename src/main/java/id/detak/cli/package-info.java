/**
 * The commands of the jar: {@code serve} (the default), {@code parse}, {@code poll}, {@code import} and more.
 *
 * <p>Plain picocli, not {@code quarkus-picocli}: the command line is parsed, and rejected if it is wrong, before a
 * database or Quarkus starts; {@code parse} starts neither. Exit codes are those of {@link id.detak.cli.ExitCode}; one
 * line on standard error explains a failure.
 */
package id.detak.cli;

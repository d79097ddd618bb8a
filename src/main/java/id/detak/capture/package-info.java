/**
 * Where pages come from, and the record of each attempt to get one.
 *
 * <p>A {@link id.detak.capture.Capture} keeps the raw strip before anybody parses it (a parser mended tomorrow reads
 * yesterday's captures), and the whole page where no strip was found, or one that read worse than those before. Polite fetching
 * is in {@code fetch}, the reading of web archives in {@code archive}. May use {@code strip} and {@code platform}.
 */
package id.detak.capture;

/**
 * Parses the indicator strip in the header of the pages of kontan.co.id. The input is the text of a page, the output
 * are quotes. Pieces that the parser does not understand are reported, never dropped.
 *
 * <p>The data flow: {@code PageReader} turns the page into a {@code PageText} (no markup, offsets kept),
 * {@code StripHeader} finds where a strip begins, {@code StripBody} reads its lines, {@code ItemReader} reads one piece
 * of it (with {@code KnownLabels}, {@code PieceScanner}, {@code FieldReader} and {@code NumberReader}),
 * {@code QuoteCheck} checks that the numbers of a quote agree, and {@code StripAssembler} combines the blocks into one
 * strip.
 *
 * <p>Everything is a cursor over characters and takes linear time. The package uses no clock, files, network or
 * framework. Of its only library, jsoup, it uses the table of entities; it never parses a page with it.
 */
package id.detak.strip;

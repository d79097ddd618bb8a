/**
 * Reads the indicator strip that stands in the header of the pages of kontan.co.id: the text of a page goes in,
 * quotes come out, and whatever could not be understood is named rather than dropped.
 *
 * <p>The way of the data: {@code PageReader} turns the page into a {@code PageText} (no markup, offsets kept),
 * {@code StripHeader} finds where a strip begins, {@code StripBody} walks its lines, {@code ItemReader} reads one piece of
 * it (with {@code KnownLabels}, {@code PieceScanner}, {@code FieldReader} and {@code NumberReader}), {@code QuoteCheck}
 * holds the numbers of a quote against each other, and {@code StripAssembler} puts the pieces together.
 *
 * <p>Everything is a cursor over characters and takes linear time. The package knows no clock, no file, no network and
 * no framework. Its only library is jsoup, and of that only the table of entities: a page is never parsed with it.
 */
package id.detak.strip;

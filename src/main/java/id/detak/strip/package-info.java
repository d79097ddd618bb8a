/**
 * Parses the indicator strip in the header of the pages of kontan.co.id. The input is the text of a page, the output
 * are quotes. Pieces that the parser does not understand are reported, never dropped. Where it is not sure what a
 * number means, it keeps the value alone, or nothing.
 *
 * <p>The data flow: {@code HtmlReader} (with {@code MarkupSign}, {@code PlainMarkup}, {@code StyleSigns} and
 * {@code StripTable}) or {@code TextReader} write the page as a {@code PageText}: what the page shows, in the notation
 * of a strip. {@code StripHeader} finds where a strip begins, {@code StripBody} reads its items (with
 * {@code FollowingLists}), {@code ItemReader} reads one of them (with {@code KnownLabels}, {@code PieceScanner},
 * {@code LabelCuts}, {@code FieldReader} and {@code NumberReader}), {@code QuoteCheck} checks that the numbers of a
 * quote agree, and {@code StripAssembler} decides which blocks are a strip and combines them.
 *
 * <p>Everything takes linear time, and a page has a time budget. The package uses no time of day, files, network or
 * framework, and jsoup to read HTML.
 */
package id.detak.strip;

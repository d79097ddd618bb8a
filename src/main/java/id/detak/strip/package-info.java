/**
 * Parses the indicator strip in the header of the pages of kontan.co.id. The input is the text of a page, the output
 * are quotes. Pieces that the parser does not understand are reported, never dropped. Where it is not sure what a
 * number means, it keeps the value alone, or nothing.
 *
 * <p>The data flow:
 *
 * <ol>
 *   <li>{@code HtmlReader} (with {@code Visibility}, {@code ArticleMarkup}, {@code MarkupSign}, {@code PlainMarkup},
 *       {@code StyleSigns}, {@code HtmlTable} and {@code StripTable}) or {@code TextReader} writes the page as a
 *       {@code PageText}: what the page shows, in the notation of a strip.
 *   <li>{@code StripHeader} finds where a strip begins. {@code StripBody} reads its items (with {@code PlainLines}),
 *       and decides where it ends (with {@code FollowingLists} and {@code ListPlace}).
 *   <li>{@code ItemReader} reads one item (with {@code KnownLabels}, {@code PieceScanner}, {@code LabelCuts},
 *       {@code FigureReader}, {@code FieldReader} and {@code NumberReader}). {@code QuoteCheck} checks that the numbers
 *       of a quote agree.
 *   <li>{@code StripAssembler} decides which blocks are a strip, combines them, and drops signs that the page refutes.
 * </ol>
 *
 * <p>Everything takes linear time, and a page has a time budget. The package uses no time of day, files, network or
 * framework, and jsoup to read HTML.
 */
package id.detak.strip;

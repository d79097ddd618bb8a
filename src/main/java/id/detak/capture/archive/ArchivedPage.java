package id.detak.capture.archive;

import java.net.URI;
import java.time.Instant;

/**
 * A page out of an archive.
 *
 * @param observedAt the moment the page was got, in whole microseconds
 * @param body as the reader of a page sees it: transfer and content encodings are undone
 * @param contentType of the HTTP answer, or the record's own where it holds no HTTP; null where there is none
 * @param offset of its record in the file as stored; of the gzip member that its record begins in
 */
public record ArchivedPage(URI url, Instant observedAt, byte[] body, String contentType, long offset) {
}

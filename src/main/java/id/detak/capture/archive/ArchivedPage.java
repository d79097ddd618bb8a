package id.detak.capture.archive;

import java.net.URI;
import java.time.Instant;

/**
 * A page from an archive.
 *
 * @param observedAt the record's WARC-Date, in whole microseconds
 * @param body with transfer and content encodings decoded
 * @param contentType of the HTTP response, or of the record if it contains no HTTP; null if unknown
 * @param offset of the record, or of its gzip member, in the file
 */
public record ArchivedPage(URI url, Instant observedAt, byte[] body, String contentType, long offset) {}

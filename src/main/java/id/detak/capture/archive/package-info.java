/**
 * Reads web archives (WARC and WET, as they are or gzip) and yields the captures of the hosts asked for:
 * {@link id.detak.capture.archive.Archive}.
 *
 * <p>The way of a record: {@code StoredBytes} (file or standard input) → {@code GzipMember} (one gzip member inflated, its
 * checksum checked) → {@code RecordInput} and {@code RecordHead} (where it begins, of what host it is) → {@code RecordBlock}
 * (its content, up to its length) → {@code PagePayload} (what was answered, by jwarc; its encodings undone).
 *
 * <p>Almost all of an archive is of other hosts. {@code GzipArchive} goes over such members without inflating them; that is
 * sound where {@code MemberSearch} finds one end and no other, since a page may hold whole archives of false records. What
 * it is not sure of it inflates, as it does with everything where skipping is off: both ways read the same records with the
 * same code. Needs no framework.
 */
package id.detak.capture.archive;

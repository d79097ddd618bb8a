/**
 * Reads web archives (WARC and WET, as they are or gzip) and yields the captures of the hosts asked for:
 * {@link id.detak.capture.archive.Archive}.
 *
 * <p>The way of a record: {@code StoredBytes} (file or standard input) → {@code GzipMember} (one gzip member inflated, its
 * checksum checked) → {@code RecordInput} and {@code RecordHead} (where it begins, of what host it is) → {@code RecordBlock}
 * (its content, up to its length) → {@code PagePayload} (what was answered, by jwarc; its encodings undone).
 *
 * <p>Almost all of an archive is of other hosts. {@code GzipArchive} goes over such members without inflating them, but only
 * where {@code MemberSearch} finds one end and no other, since a page may hold whole archives of false records. What it is not
 * sure of it inflates, as it does with everything where skipping is off; the records are read by the same code either way.
 * The limit: where a member's true end does not fit the length of its first record (it or the beginning after it is damaged,
 * or it holds several records after members of one), a page made for that can pass records of its own off as the archive's.
 * Needs no framework.
 */
package id.detak.capture.archive;

package id.detak.capture.archive;

/**
 * What could not be read: a record of a wanted host, or a stretch of the archive that may have held one.
 *
 * @param offset in the file as stored
 * @param reason a sentence for people
 */
public record ArchiveProblem(long offset, String reason) {
}

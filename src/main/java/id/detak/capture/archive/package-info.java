/**
 * Reads web archives (WARC and WET, plain or gzip) with jwarc and yields the pages of chosen hosts:
 * {@link id.detak.capture.archive.ArchiveReader}. Needs no framework.
 */
package id.detak.capture.archive;

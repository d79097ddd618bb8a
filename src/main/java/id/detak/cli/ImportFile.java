package id.detak.cli;

import id.detak.capture.archive.ArchiveReader;
import id.detak.capture.fetch.PageDecoder;
import id.detak.platform.UserException;
import id.detak.series.csv.CsvFormat;
import id.detak.series.table.TableFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * An open file to import, or standard input if the name is {@code -}. Its kind is detected from its first bytes.
 *
 * @param in its content from the start, inflated unless it is an archive
 * @param size bytes as stored, -1 if unknown
 */
record ImportFile(String name, Kind kind, InputStream in, long size) implements AutoCloseable {

    enum Kind {
        PAGE,
        ROWS,
        ARCHIVE
    }

    private static final int HEAD = 8192;
    private static final int MAX_PAGE_BYTES = 5 * 1024 * 1024;
    /** A file can contain itself, compressed. */
    private static final int MAX_COMPRESSIONS = 2;

    /** @throws UserException if it cannot be read */
    static ImportFile open(String name) {
        try {
            if (name.equals("-")) {
                return detect(name, System.in, -1, 0);
            }
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new UserException(name + " cannot be read: it is a folder.");
            }
            InputStream in = Files.newInputStream(path);
            try {
                return detect(name, in, Files.size(path), 0);
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw new UserException(name + " does not exist.");
        } catch (IOException | InvalidPathException e) {
            throw new UserException(name + " cannot be read: " + e.getMessage());
        }
    }

    /** Whether the name is standard input or a pipe, which can be opened only once. */
    static boolean isStream(String name) {
        try {
            Path path = Path.of(name);
            return name.equals("-") || Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static ImportFile detect(String name, InputStream stored, long size, int compressions) throws IOException {
        BufferedInputStream in = new BufferedInputStream(stored, HEAD);
        byte[] head = head(in);
        if (ArchiveReader.isArchive(head)) {
            return new ImportFile(name, Kind.ARCHIVE, in, size);
        }
        if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            if (compressions == MAX_COMPRESSIONS) {
                throw new UserException(name + " cannot be read: it is compressed more than twice.");
            }
            return detect(name, new GZIPInputStream(in), -1, compressions + 1);
        }
        String firstLine =
                new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        boolean isTable = CsvFormat.isHeader(firstLine) || hasTableName(name) || TableFile.looksLike(head);
        return new ImportFile(name, isTable ? Kind.ROWS : Kind.PAGE, in, size);
    }

    private static boolean hasTableName(String name) {
        return name.toLowerCase(Locale.ROOT).matches(".*\\.(csv|tsv|xlsx|xls)(\\.gz)?");
    }

    private static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    /**
     * Reads and decodes a page.
     *
     * @throws UserException if it is larger than 5 MB, also after decompression
     */
    String page() throws IOException {
        byte[] page = in.readNBytes(MAX_PAGE_BYTES + 1);
        if (page.length > MAX_PAGE_BYTES) {
            throw new UserException(name + " cannot be read: the page is larger than 5 MB.");
        }
        return PageDecoder.decode(page, null);
    }

    String shortName() {
        return name.equals("-") ? "standard input" : Path.of(name).getFileName().toString();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

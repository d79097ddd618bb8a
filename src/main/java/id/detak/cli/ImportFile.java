package id.detak.cli;

import id.detak.capture.archive.Archive;
import id.detak.capture.fetch.PageDecoder;
import id.detak.platform.UserException;
import id.detak.series.csv.CsvFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file that came from elsewhere, or standard input where the name is {@code -}, and what it is by its first bytes: the name's ending may say anything.
 *
 * @param in its content from the start, inflated unless it is an archive
 * @param size bytes as stored, -1 where unknown
 */
record ImportFile(String name, Kind kind, InputStream in, long size) {

    enum Kind {
        PAGE, ROWS, ARCHIVE
    }

    private static final int HEAD = 8192;

    /** @throws UserException where it cannot be read */
    static ImportFile open(String name) {
        try {
            boolean standardInput = name.equals("-");
            InputStream in = standardInput ? System.in : Files.newInputStream(Path.of(name));
            return recognise(name, new BufferedInputStream(in, HEAD), standardInput ? -1 : Files.size(Path.of(name)));
        } catch (NoSuchFileException e) {
            throw new UserException(name + " does not exist.");
        } catch (IOException | InvalidPathException e) {
            throw new UserException(name + " cannot be read" + (Files.isDirectory(Path.of(name)) ? ": it is a folder." : ": " + e.getMessage()));
        }
    }

    private static ImportFile recognise(String name, BufferedInputStream in, long size) throws IOException {
        byte[] head = head(in);
        if (Archive.isArchive(head)) {
            return new ImportFile(name, Kind.ARCHIVE, in, size);
        }
        if (head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
            return recognise(name, new BufferedInputStream(new GZIPInputStream(in), HEAD), -1);
        }
        String firstLine = new String(head, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        return new ImportFile(name, CsvFormat.isHeader(firstLine) ? Kind.ROWS : Kind.PAGE, in, size);
    }

    private static byte[] head(BufferedInputStream in) throws IOException {
        in.mark(HEAD);
        byte[] head = in.readNBytes(HEAD);
        in.reset();
        return head;
    }

    /** The whole of it, where it is a page. */
    String page() throws IOException {
        return PageDecoder.decode(in.readAllBytes(), null);
    }

    String shortName() {
        return name.equals("-") ? "standard input" : Path.of(name).getFileName().toString();
    }
}

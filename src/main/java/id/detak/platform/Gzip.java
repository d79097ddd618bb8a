package id.detak.platform;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip of content that fits into memory. */
public final class Gzip {

    /** More than any content that Detak stores: pages of 5 MB, with what the spool adds to them. */
    static final int MAX_BYTES = 32 * 1024 * 1024;

    private Gzip() {}

    public static byte[] compress(byte[] content) {
        return compress(content, Deflater.DEFAULT_COMPRESSION);
    }

    public static byte[] compress(byte[] content, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, content.length / 4));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(level);
            }
        }) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** @throws IOException if the content is truncated, does not match its checksum, or is larger than 32 MB */
    public static byte[] decompress(byte[] gzip) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            byte[] content = in.readNBytes(MAX_BYTES);
            if (in.read() >= 0) {
                throw new IOException("The compressed content is larger than " + MAX_BYTES + " bytes.");
            }
            return content;
        }
    }
}

package id.detak.capture.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Builds archives byte by byte, so that they can be wrong in any way, and collects what a reader finds in them. */
final class Warcs {

    static final String DATE = "2021-03-02T02:30:00Z";
    static final HostFilter KONTAN = HostFilter.of(List.of("www.kontan.co.id"));

    private Warcs() {}

    /** The pages and problems that a reader found, in order. */
    record Found(List<ArchivedPage> pages, List<Problem> refused, List<Problem> damaged)
            implements ArchiveReader.Visitor {

        Found() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void page(ArchivedPage page) {
            pages.add(page);
        }

        @Override
        public void refused(long offset, String reason) {
            refused.add(new Problem(offset, reason));
        }

        @Override
        public void damaged(long offset, String reason) {
            damaged.add(new Problem(offset, reason));
        }

        List<String> bodies() {
            return pages.stream()
                    .map(page -> new String(page.body(), StandardCharsets.UTF_8))
                    .toList();
        }
    }

    record Problem(long offset, String reason) {}

    static Found read(byte[] archive) {
        Found found = new Found();
        try {
            ArchiveReader.read(new ByteArrayInputStream(archive), KONTAN, found);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    static byte[] record(String type, String target, String contentType, byte[] block, String... moreFields) {
        return record("WARC/1.0", type, target, DATE, contentType, block, moreFields);
    }

    static byte[] record(
            String version,
            String type,
            String target,
            String date,
            String contentType,
            byte[] block,
            String... moreFields) {
        StringBuilder head = new StringBuilder(version).append("\r\n");
        field(head, "WARC-Type", type);
        field(head, "WARC-Record-ID", "<urn:uuid:00000000-0000-4000-8000-000000000000>");
        field(head, "WARC-Date", date);
        field(head, "WARC-Target-URI", target);
        for (String field : moreFields) {
            head.append(field).append("\r\n");
        }
        field(head, "Content-Type", contentType);
        field(head, "Content-Length", String.valueOf(block.length));
        return join(bytes(head + "\r\n"), block, bytes("\r\n\r\n"));
    }

    private static void field(StringBuilder head, String name, String value) {
        if (value != null) {
            head.append(name).append(": ").append(value).append("\r\n");
        }
    }

    static byte[] response(String target, byte[] body, String... httpFields) {
        return record("response", target, "application/http; msgtype=response", http(200, body, httpFields));
    }

    static byte[] response(String target, String body) {
        return response(target, bytes(body), "Content-Type: text/html; charset=utf-8");
    }

    static byte[] http(int status, byte[] body, String... fields) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " Rekaan\r\n");
        for (String field : fields) {
            head.append(field).append("\r\n");
        }
        return join(bytes(head + "\r\n"), body);
    }

    /** One gzip member. */
    static byte[] gzip(byte[]... contents) {
        return gzip(Deflater.DEFAULT_COMPRESSION, 0, contents);
    }

    /** @param flags of the gzip header, each of which adds an optional part */
    static byte[] gzip(int level, int flags, byte[]... contents) {
        byte[] content = join(contents);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) flags, 0, 0, 0, 0, 0, 3});
        if ((flags & 4) != 0) {
            out.writeBytes(new byte[] {3, 0, 'a', 'b', 'c'});
        }
        if ((flags & 8) != 0) {
            out.writeBytes(bytes("nama.warc\0"));
        }
        if ((flags & 16) != 0) {
            out.writeBytes(bytes("catatan\0"));
        }
        if ((flags & 2) != 0) {
            out.writeBytes(new byte[] {1, 2});
        }
        Deflater deflater = new Deflater(level, true);
        deflater.setInput(content);
        deflater.finish();
        byte[] chunk = new byte[8192];
        while (!deflater.finished()) {
            out.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(content);
        writeInt(out, crc.getValue());
        writeInt(out, content.length);
        return out.toByteArray();
    }

    private static void writeInt(ByteArrayOutputStream out, long value) {
        for (int shift = 0; shift < 32; shift += 8) {
            out.write((int) (value >> shift));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}

package id.detak.capture.archive;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.netpreserve.jwarc.WarcConversion;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResource;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcTargetRecord;

/**
 * Reads the pages of chosen hosts from a WARC or WET archive, plain or gzip. Memory use does not depend on the
 * archive's size.
 */
public final class ArchiveReader {

    private static final byte[] MAGIC = "WARC/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int BUFFER = 4 * 1024;

    private final HostFilter hosts;
    private final Visitor visitor;
    private final Input input;

    /** Receives what an archive contains, in its order. */
    public interface Visitor {

        /** @throws IOException ends the reading */
        void page(ArchivedPage page) throws IOException;

        /** A record of one of the hosts has no readable page; reading continues with the next record. */
        void refused(long offset, String reason);

        /** jwarc cannot continue: what follows the offset is not read. */
        void damaged(long offset, String reason);

        /** @param bytesRead of the file so far */
        default void progress(long bytesRead) {}
    }

    private ArchiveReader(InputStream in, HostFilter hosts, Visitor visitor) {
        this.hosts = hosts;
        this.visitor = visitor;
        this.input = new Input(Channels.newChannel(in));
    }

    /** @param head the first bytes of a file, at least 512 if it has as many */
    public static boolean isArchive(byte[] head) {
        if (head.length < 2 || head[0] != 0x1f || head[1] != (byte) 0x8b) {
            return head.length >= MAGIC.length && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head))) {
            return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Reads an archive to its end or to the first damage. Does not close the stream.
     *
     * @throws IOException if the stream cannot be read, or from the visitor
     */
    public static void read(InputStream in, HostFilter hosts, Visitor visitor) throws IOException {
        new ArchiveReader(in, hosts, visitor).read();
    }

    private void read() throws IOException {
        try {
            WarcReader reader = open();
            Optional<WarcRecord> record = next(reader);
            while (record.isPresent()) {
                read(record.get());
                visitor.progress(input.position);
                record = next(reader);
            }
        } catch (DamagedException e) {
            visitor.damaged(e.offset, e.getMessage());
        }
    }

    private WarcReader open() throws IOException {
        try {
            WarcReader reader =
                    new WarcReader(input, ByteBuffer.allocate(BUFFER).flip());
            reader.setLenient(true);
            // jwarc warns when a record does not end where its length says, then guesses where the next one begins. A
            // page could
            // pass its own text off as a record that way, and at the end of a file the guess can go round for ever.
            reader.onWarning(warning -> {
                throw new IllegalStateException(warning);
            });
            return reader;
        } catch (IOException | RuntimeException e) {
            throw damaged(0, e);
        }
    }

    private Optional<WarcRecord> next(WarcReader reader) throws IOException {
        try {
            input.limitHeader();
            Optional<WarcRecord> record = reader.next();
            input.endOfHeader();
            if (record.isPresent() && record.get().body().size() < 0) {
                throw new IllegalArgumentException("negative Content-Length"); // jwarc would go backwards
            }
            return record;
        } catch (IOException | RuntimeException e) {
            throw damaged(reader.position(), e);
        }
    }

    private void read(WarcRecord record) throws IOException {
        Optional<URI> url = target(record).flatMap(hosts::match);
        Optional<ArchivedPage> page = Optional.empty();
        try {
            byte[] block = url.isEmpty() ? null : record.body().stream().readNBytes(PageExtractor.BLOCK_LIMIT + 1);
            record.body().consume();
            if (block != null) {
                page = PageExtractor.extract(record, url.get(), block);
            }
        } catch (UnreadablePageException e) {
            visitor.refused(record.position(), e.getMessage());
        } catch (IOException | RuntimeException e) {
            throw damaged(record.position(), e);
        }
        if (page.isPresent()) {
            visitor.page(page.get());
        }
    }

    /** The target URI of a record that may contain a page. */
    private static Optional<String> target(WarcRecord record) {
        if (!(record instanceof WarcResponse || record instanceof WarcResource || record instanceof WarcConversion)) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(((WarcTargetRecord) record).target());
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // the header names several
        }
    }

    /**
     * jwarc reports damage by checked and unchecked exceptions; failures of the stream itself are passed on as they
     * are.
     */
    private DamagedException damaged(long offset, Exception cause) throws IOException {
        if (input.failure != null) {
            throw input.failure;
        }
        return new DamagedException(
                offset, cause instanceof EOFException ? "The archive ends within a record" : "The archive is damaged");
    }

    private static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        private final long offset;

        DamagedException(long offset, String message) {
            super(message);
            this.offset = offset;
        }
    }

    /**
     * The file. Limits the bytes that a record's header takes from it, because jwarc keeps headers of any length in
     * memory.
     */
    private static final class Input implements ReadableByteChannel {

        private static final int HEADER_LIMIT = 16 * 1024;

        private final ReadableByteChannel channel;
        private long position;
        private long limit = Long.MAX_VALUE;
        private IOException failure;

        Input(ReadableByteChannel channel) {
            this.channel = channel;
        }

        void limitHeader() {
            limit = position + HEADER_LIMIT;
        }

        void endOfHeader() {
            limit = Long.MAX_VALUE;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (position >= limit) {
                throw new IOException("record header too long");
            }
            try {
                int n = channel.read(target);
                position += Math.max(n, 0);
                return n;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

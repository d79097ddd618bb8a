package id.detak.capture.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipException;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.LengthedBody;

/**
 * The page that a record holds.
 *
 * @param contentType null where none was said
 */
record PagePayload(byte[] body, String contentType) {

    private static final int MOST_BYTES = 5 * 1024 * 1024;
    private static final int BUFFER = 8 * 1024;
    private static final int LARGEST_HTTP_HEADER = 256 * 1024;
    private static final Set<String> PAGES = Set.of("text/html", "text/plain", "application/xhtml+xml");
    private static final int OK = 200;

    /** Empty where the record holds something else than a page. */
    static Optional<PagePayload> of(RecordHead head, RecordBlock block) throws IOException, Unreadable {
        if (head.isResponse()) {
            boolean http = head.contentType() == null || mediaType(head.contentType()).equals("application/http");
            return http ? ofHttp(block) : Optional.empty();
        }
        if (head.isConversion()) {
            boolean text = head.contentType() == null || mediaType(head.contentType()).equals("text/plain");
            return text ? Optional.of(new PagePayload(read(block), "text/plain; charset=utf-8")) : Optional.empty();
        }
        return isPage(head.contentType()) ? Optional.of(new PagePayload(read(block), head.contentType())) : Optional.empty();
    }

    private static Optional<PagePayload> ofHttp(RecordBlock block) throws IOException, Unreadable {
        HttpResponse http;
        HeaderChannel channel = new HeaderChannel(Channels.newChannel(block));
        try {
            http = HttpResponse.parse(LengthedBody.create(channel, ByteBuffer.allocate(BUFFER).limit(0), block.left()));
            channel.headerIsRead();
        } catch (IOException | RuntimeException e) {
            block.failAsTheArchiveDid();
            throw new Unreadable("The record's HTTP answer cannot be understood.");
        }
        String contentType = http.headers().first("Content-Type").orElse(null);
        if (http.status() != OK || !isPage(contentType)) {
            return Optional.empty();
        }
        try (InputStream body = ContentDecoding.of(http.body().stream(), http.headers().all("Content-Encoding"))) {
            return Optional.of(new PagePayload(read(body), contentType));
        } catch (ZipException | EOFException | RuntimeException e) {
            block.failAsTheArchiveDid();
            throw new Unreadable("The page's encoding cannot be undone.");
        } catch (IOException e) {
            block.failAsTheArchiveDid();
            throw new Unreadable("The page's body cannot be read.");
        }
    }

    private static byte[] read(InputStream body) throws IOException, Unreadable {
        byte[] bytes = body.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Unreadable("The page is larger than 5 MB.");
        }
        return bytes;
    }

    private static boolean isPage(String contentType) {
        return contentType == null || contentType.isBlank() || PAGES.contains(mediaType(contentType));
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters)).strip().toLowerCase(Locale.ROOT);
    }

    /** jwarc keeps a header of any length in memory. */
    private static final class HeaderChannel implements ReadableByteChannel {

        private final ReadableByteChannel channel;
        private long left = LARGEST_HTTP_HEADER;

        HeaderChannel(ReadableByteChannel channel) {
            this.channel = channel;
        }

        void headerIsRead() {
            left = Long.MAX_VALUE;
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            if (left <= 0) {
                throw new IOException("too long a header");
            }
            int n = channel.read(target);
            left -= Math.max(n, 0);
            return n;
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

package id.detak.capture.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.LengthedBody;
import org.netpreserve.jwarc.WarcConversion;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

/** Extracts the page from the content of a response, resource or conversion record. */
final class PageExtractor {

    private static final int PAGE_LIMIT = 5 * 1024 * 1024;
    /** A page with its HTTP header and chunk sizes. */
    static final int BLOCK_LIMIT = PAGE_LIMIT + 256 * 1024;

    private static final Set<String> PAGE_TYPES = Set.of("text/html", "text/plain", "application/xhtml+xml");

    private PageExtractor() {}

    /**
     * Returns nothing if the record contains something else than a page, such as an image or a redirect.
     *
     * @param block the record's content, cut off somewhere after {@link #BLOCK_LIMIT}
     */
    static Optional<ArchivedPage> extract(WarcRecord record, URI url, byte[] block) throws UnreadablePageException {
        String type = record.headers().first("Content-Type").orElse(null);
        if (record instanceof WarcResponse) {
            return isType(type, Set.of("application/http")) ? extractHttp(record, url, block) : Optional.empty();
        }
        if (record instanceof WarcConversion) {
            return isType(type, Set.of("text/plain"))
                    ? Optional.of(page(record, url, block, "text/plain; charset=utf-8"))
                    : Optional.empty();
        }
        return isType(type, PAGE_TYPES) ? Optional.of(page(record, url, block, type)) : Optional.empty();
    }

    private static Optional<ArchivedPage> extractHttp(WarcRecord record, URI url, byte[] block)
            throws UnreadablePageException {
        HttpResponse http;
        try {
            http = HttpResponse.parse(LengthedBody.create(
                    Channels.newChannel(new ByteArrayInputStream(block)), ByteBuffer.allocate(0), block.length));
        } catch (IOException | RuntimeException e) {
            throw new UnreadablePageException("The HTTP response cannot be parsed.");
        }
        String type = http.headers().first("Content-Type").orElse(null);
        if (http.status() != 200 || !isType(type, PAGE_TYPES)) {
            return Optional.empty();
        }
        checkSize(block, BLOCK_LIMIT);
        return Optional.of(page(record, url, decode(http), type));
    }

    private static ArchivedPage page(WarcRecord record, URI url, byte[] body, String contentType)
            throws UnreadablePageException {
        checkSize(body, PAGE_LIMIT);
        return new ArchivedPage(url, date(record), body, contentType, record.position());
    }

    private static void checkSize(byte[] bytes, int limit) throws UnreadablePageException {
        if (bytes.length > limit) {
            throw new UnreadablePageException("The page is larger than 5 MB.");
        }
    }

    /** Also reads dates with an offset, and truncates to what the database stores. */
    private static Instant date(WarcRecord record) throws UnreadablePageException {
        try {
            return OffsetDateTime.parse(record.headers().first("WARC-Date").orElse(""))
                    .toInstant()
                    .truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new UnreadablePageException("The record has no valid WARC-Date.");
        }
    }

    private static byte[] decode(HttpResponse http) throws UnreadablePageException {
        List<String> encodings = List.of(String.join(",", http.headers().all("Content-Encoding"))
                .toLowerCase(Locale.ROOT)
                .split(","));
        try {
            InputStream body = http.body().stream();
            for (int i = encodings.size() - 1; i >= 0; i--) {
                body = decode(encodings.get(i).strip(), new BufferedInputStream(body));
            }
            return body.readNBytes(PAGE_LIMIT + 1);
        } catch (IOException | RuntimeException e) {
            throw new UnreadablePageException("The page's transfer or content encoding cannot be decoded.");
        }
    }

    /** Some crawlers keep the header but store the decoded page, so gzip must begin like gzip. */
    private static InputStream decode(String encoding, BufferedInputStream body)
            throws IOException, UnreadablePageException {
        body.mark(2);
        int first = body.read();
        int second = body.read();
        body.reset();
        return switch (encoding) {
            case "", "identity", "none" -> body;
            case "gzip", "x-gzip" -> first == 0x1f && second == 0x8b ? new GZIPInputStream(body) : body;
            // RFC 9110 asks for a zlib header, which many servers leave out
            case "deflate" ->
                second < 0
                        ? body
                        : new InflaterInputStream(
                                body, new Inflater((first & 0xf) != 8 || (first << 8 | second) % 31 != 0));
            default -> throw new UnreadablePageException("Unknown content encoding.");
        };
    }

    /** A missing type counts as the expected one. */
    private static boolean isType(String contentType, Set<String> types) {
        if (contentType == null || contentType.isBlank()) {
            return true;
        }
        int parameters = contentType.indexOf(';');
        return types.contains((parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT));
    }
}

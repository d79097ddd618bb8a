package id.detak.capture.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** Undoes content encodings. Some crawlers keep the header and store the content without its encoding: then there is nothing to undo. */
final class ContentDecoding {

    private static final int DEFLATE = 8;

    private ContentDecoding() {
    }

    /** @param fields the values of Content-Encoding, each of which may name several */
    static InputStream of(InputStream body, List<String> fields) throws IOException, Unreadable {
        String[] encodings = String.join(",", fields).toLowerCase(Locale.ROOT).split(",");
        InputStream decoded = body;
        for (int i = encodings.length - 1; i >= 0; i--) {
            decoded = undo(encodings[i].strip(), decoded);
        }
        return decoded;
    }

    private static InputStream undo(String encoding, InputStream body) throws IOException, Unreadable {
        return switch (encoding) {
            case "", "identity", "none" -> body;
            case "gzip", "x-gzip" -> gunzip(new BufferedInputStream(body));
            case "deflate" -> inflate(new BufferedInputStream(body));
            default -> throw new Unreadable("The page's content encoding is not known: "
                    + (encoding.matches("[a-z0-9-]{1,20}") ? encoding : "no name of one") + ".");
        };
    }

    private static InputStream gunzip(InputStream body) throws IOException {
        return head(body) == 0x1f8b ? new GZIPInputStream(body) : body;
    }

    /** With the wrapping that RFC 9110 asks for, or without, as it was sent by many. */
    private static InputStream inflate(InputStream body) throws IOException {
        int head = head(body);
        boolean wrapped = (head >> 8 & 0xf) == DEFLATE && head % 31 == 0;
        return head < 0 ? body : new Inflating(body, new Inflater(!wrapped));
    }

    /** The first two bytes, which stay; -1 where there are fewer. */
    private static int head(InputStream body) throws IOException {
        body.mark(2);
        int first = body.read();
        int second = body.read();
        body.reset();
        return second < 0 ? -1 : first << 8 | second;
    }

    /** Gives the inflater's memory back, which the class above it leaves to those who made it. */
    private static final class Inflating extends InflaterInputStream {

        Inflating(InputStream in, Inflater inflater) {
            super(in, inflater);
        }

        @Override
        public void close() throws IOException {
            super.close();
            inf.end();
        }
    }
}

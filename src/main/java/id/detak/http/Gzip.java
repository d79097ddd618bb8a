package id.detak.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Whether a client takes gzip (RFC 9110, 12.5.3), and making it. */
final class Gzip {

    /** Below, the headers weigh more than what is saved. */
    static final int SMALLEST = 1024;
    /** Of a history of 16 kB: 1 makes 6.1 kB in 0.07 ms, 4 makes 5.4 kB in 0.10 ms, 6 makes 5.2 kB in 0.19 ms. */
    private static final int LEVEL = 4;
    private static final Pattern NO = Pattern.compile("\\s*q\\s*=\\s*0(\\.0*)?\\s*", Pattern.CASE_INSENSITIVE);

    private Gzip() {
    }

    /** @param acceptEncoding the header, or null */
    static boolean isAccepted(String acceptEncoding) {
        if (acceptEncoding == null) {
            return false;
        }
        boolean any = false;
        for (String part : acceptEncoding.split(",")) {
            String[] pieces = part.split(";");
            String coding = pieces[0].strip().toLowerCase(Locale.ROOT);
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return !isRefused(pieces);
            }
            any |= coding.equals("*") && !isRefused(pieces);
        }
        return any;
    }

    private static boolean isRefused(String[] pieces) {
        for (int i = 1; i < pieces.length; i++) {
            if (NO.matcher(pieces[i]).matches()) {
                return true;
            }
        }
        return false;
    }

    static byte[] of(byte[] body) {
        return of(body, LEVEL);
    }

    /** For what is compressed once and sent often. */
    static byte[] smallest(byte[] body) {
        return of(body, Deflater.BEST_COMPRESSION);
    }

    private static byte[] of(byte[] body, int level) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.max(64, body.length / 4));
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 8192) {
            {
                def.setLevel(level);
            }
        }) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

package id.detak.http;

import java.util.Locale;
import java.util.regex.Pattern;

/** The header Accept-Encoding (RFC 9110, 12.5.3). */
final class AcceptEncoding {

    private static final Pattern ZERO_WEIGHT = Pattern.compile("\\s*q\\s*=\\s*0(\\.0*)?\\s*", Pattern.CASE_INSENSITIVE);

    private AcceptEncoding() {}

    /** @param header may be null */
    static boolean allowsGzip(String header) {
        if (header == null) {
            return false;
        }
        boolean any = false;
        for (String part : header.split(",")) {
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
            if (ZERO_WEIGHT.matcher(pieces[i]).matches()) {
                return true;
            }
        }
        return false;
    }
}

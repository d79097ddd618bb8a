package id.detak.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** The strong entity tags of one answer: the bytes differ by encoding, and so do the tags. */
record EntityTags(String plain, String gzip) {

    private static final int BYTES = 18;

    /** Made from what the bytes depend on, so that they are known before there are bytes. */
    static EntityTags of(String program, String stamp) {
        String hash = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256(program + "\n" + stamp), BYTES));
        return new EntityTags('"' + hash + '"', '"' + hash + "-gzip\"");
    }

    /**
     * The tag by which a client already has this answer, or null. Whoever takes gzip takes plain bytes too, so both are theirs.
     *
     * @param ifNoneMatch the header, or null; {@code *} is for the caller, who knows whether there is an answer at all
     */
    String heldBy(String ifNoneMatch, boolean takesGzip) {
        if (ifNoneMatch == null) {
            return null;
        }
        if (takesGzip && isListed(gzip, ifNoneMatch)) {
            return gzip;
        }
        return isListed(plain, ifNoneMatch) ? plain : null;
    }

    /**
     * Compares weakly, as RFC 9110 (13.1.2) wants it here: a W/ before the quotes changes nothing. Ours is a hash in quotes, so
     * that it stands in a well-formed list only as one of its tags.
     */
    private static boolean isListed(String tag, String list) {
        return list.contains(tag);
    }

    static boolean isAny(String ifNoneMatch) {
        return ifNoneMatch != null && ifNoneMatch.strip().equals("*");
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

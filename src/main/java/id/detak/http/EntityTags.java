package id.detak.http;

import id.detak.platform.Sha256;

/** The strong entity tags of a response, one per encoding, because the bytes differ. */
record EntityTags(String plain, String gzip) {

    /** Characters of base64, for 144 bits. */
    private static final int HASH_LENGTH = 24;

    /** Derives the tags from what the bytes depend on, so that they are known before the bytes. */
    static EntityTags of(String build, String stamp) {
        String hash = Sha256.base64Url(build + "\n" + stamp).substring(0, HASH_LENGTH);
        return new EntityTags('"' + hash + '"', '"' + hash + "-gzip\"");
    }

    /**
     * The tag of the form that the client already has, or null. A client that accepts gzip may have either form.
     *
     * @param ifNoneMatch the header, or null; the caller handles {@code *}
     */
    String match(String ifNoneMatch, boolean acceptsGzip) {
        if (ifNoneMatch == null) {
            return null;
        }
        if (acceptsGzip && isListed(gzip, ifNoneMatch)) {
            return gzip;
        }
        return isListed(plain, ifNoneMatch) ? plain : null;
    }

    /**
     * Compares weakly, as RFC 9110 (13.1.2) requires here: a W/ before the quotes is ignored. Our tag is a hash in
     * quotes, so a well-formed list contains it only as one of its tags.
     */
    private static boolean isListed(String tag, String list) {
        return list.contains(tag);
    }

    static boolean isAny(String ifNoneMatch) {
        return ifNoneMatch != null && ifNoneMatch.strip().equals("*");
    }
}

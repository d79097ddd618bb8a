package id.detak.http;

/**
 * Path, query and accepted types as the client sent them. They determine the resource and its format.
 *
 * @param variant see {@link Representation}
 */
record ResponseKey(String uri, String accept, String variant) {

    /** Longer than any sensible request. */
    private static final int MAX_LENGTH = 2048;

    boolean isCacheable() {
        return length() <= MAX_LENGTH;
    }

    int length() {
        return uri.length() + accept.length() + variant.length();
    }
}

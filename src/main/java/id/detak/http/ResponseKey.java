package id.detak.http;

/** Path, query and accepted types as the client sent them. They determine the resource and its format. */
record ResponseKey(String uri, String accept) {

    /** Longer than any sensible request. */
    private static final int MAX_LENGTH = 2048;

    boolean isCacheable() {
        return length() <= MAX_LENGTH;
    }

    int length() {
        return uri.length() + accept.length();
    }
}

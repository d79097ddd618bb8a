package id.detak.http;

/** Path and query as they were sent, and the types that the client takes: what the choice of resource and form goes by. */
record CacheKey(String uri, String accept) {

    /** Nobody who asks for something sensible needs more. */
    private static final int LONGEST = 2048;

    boolean isKeepable() {
        return length() <= LONGEST;
    }

    int length() {
        return uri.length() + accept.length();
    }
}

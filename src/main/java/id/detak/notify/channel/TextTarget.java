package id.detak.notify.channel;

/**
 * Where a text is shown: how much fits there, and how it is escaped so that it reads as it is. This one takes plain
 * text.
 */
class TextTarget {

    private final int limit;

    /** @param limit in the unit of {@link #size} */
    TextTarget(int limit) {
        this.limit = limit;
    }

    final int limit() {
        return limit;
    }

    int size(String text) {
        return text.length();
    }

    String literal(String text) {
        return text;
    }

    String address(String url) {
        return literal(url);
    }
}

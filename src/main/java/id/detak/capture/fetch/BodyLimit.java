package id.detak.capture.fetch;

/** The size limit of a body, as sent and as inflated, and what happens to a larger one. */
record BodyLimit(int bytes, Excess excess) {
    enum Excess {
        /** Refuses a body that is too large. */
        REFUSE,
        /** Keeps the first bytes (robots.txt: RFC 9309, 2.5). */
        CUT
    }

    boolean cuts() {
        return excess == Excess.CUT;
    }

    String describe() {
        int kib = 1024;
        int mib = 1024 * kib;
        if (bytes % mib == 0) {
            return bytes / mib + " MB";
        }
        return bytes % kib == 0 ? bytes / kib + " KiB" : bytes + " bytes";
    }
}

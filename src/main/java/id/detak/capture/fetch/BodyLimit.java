package id.detak.capture.fetch;

/** How many bytes a body may have, as sent and as inflated, and what becomes of a larger one. */
record BodyLimit(int bytes, Excess excess) {
    enum Excess {
        /** The page as a whole or not at all. */
        REFUSE,
        /** The first bytes will do (robots.txt: RFC 9309, 2.5). */
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

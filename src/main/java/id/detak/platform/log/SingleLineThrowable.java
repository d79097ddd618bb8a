package id.detak.platform.log;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Replaces a throwable in the log if its message, or that of a cause, has unsafe characters. */
final class SingleLineThrowable extends Throwable {

    private final String type;

    private SingleLineThrowable(Throwable thrown, Throwable cause) {
        super(SingleLine.of(thrown.getLocalizedMessage()), cause, true, true);
        this.type = thrown.getClass().getName();
        setStackTrace(thrown.getStackTrace());
    }

    /** Returns the throwable itself if its messages are safe. */
    static Throwable of(Throwable thrown) {
        return isSafe(thrown, known()) ? thrown : copy(thrown, known());
    }

    private static boolean isSafe(Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return true;
        }
        String words = thrown.toString();
        boolean safe = SingleLine.of(words) == words && isSafe(thrown.getCause(), seen);
        for (Throwable suppressed : thrown.getSuppressed()) {
            safe &= isSafe(suppressed, seen);
        }
        return safe;
    }

    private static Throwable copy(Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return null;
        }
        SingleLineThrowable copy = new SingleLineThrowable(thrown, copy(thrown.getCause(), seen));
        for (Throwable suppressed : thrown.getSuppressed()) {
            Throwable clean = copy(suppressed, seen);
            if (clean != null) {
                copy.addSuppressed(clean);
            }
        }
        return copy;
    }

    private static Set<Throwable> known() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    @Override
    public String toString() {
        return getMessage() == null ? type : type + ": " + getMessage();
    }
}

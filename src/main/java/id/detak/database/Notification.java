package id.detak.database;

import java.util.Locale;

/**
 * A change that a process on the database has committed; fired as a CDI event in every serving process, on the
 * listener's thread.
 */
public record Notification(Topic topic, String payload) {

    /** Observers that clear caches run before those that read, which use the default priority. */
    public static final int CACHES_FIRST = 100;

    /** The kind of change, and its payload. */
    public enum Topic {

        /** A capture was stored; its id. */
        CAPTURE,
        /** Rows were written in bulk; empty. */
        SERIES,
        /** An indicator was renamed, merged, hidden or deleted; empty. */
        INDICATORS,
        /** An alert fires or has resolved; its id. */
        ALERT,
        /**
         * A session or token has ended, or the admin token was replaced; the key of the session if it is a single one.
         */
        ACCESS;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Fired in a transaction that notifies; observed once it is committed. */
    public record Published() {}

    /**
     * The listener has connected. Notifications sent before it may have been missed.
     *
     * @param again after a broken connection, or after a notification that could not be handled
     */
    public record ListenerConnected(boolean again) {}
}

package id.detak.retention;

/** A kind of old rows, deleted a small batch at a time. */
interface CleanupTask {

    /** How many rows a transaction deletes: few enough to keep nobody waiting. */
    int BATCH = 2000;

    String name();

    /** Whether the user wants it. */
    boolean isWanted();

    /** Deletes a batch, in a transaction of its own. @return whether there may be more */
    boolean step();
}

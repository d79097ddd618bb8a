package id.detak.retention;

/** Deletes one kind of old rows in small batches. */
interface CleanupTask {

    /** Rows per transaction: few enough not to block other work. */
    int BATCH = 2000;

    String name();

    /** Whether it is configured. */
    boolean isEnabled();

    /** Deletes a batch in its own transaction. @return whether there may be more */
    boolean deleteBatch();
}

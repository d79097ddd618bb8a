package id.detak.series.csv;

/** Receives the progress of an import. */
public interface ImportReport {

    /** A row that was not imported: it cannot be read or is a conflict. */
    void row(long line, String reason);

    /** The number of bytes read since the last call. */
    default void progress(long bytes) {}
}

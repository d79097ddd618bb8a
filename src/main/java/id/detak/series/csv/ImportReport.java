package id.detak.series.csv;

/** Hears of an import while it goes on. */
public interface ImportReport {

    /** A row that was not taken: it cannot be read, or another number stands for its key. */
    void row(long line, String reason);

    /** How many bytes were read since the last call. */
    void progress(long bytes);
}

package id.detak.series.csv;

import java.io.IOException;

/** The rows of one file, read in one thread. Rows that cannot be read are reported and left out. */
interface RowSource extends AutoCloseable {

    /** Opens a file. */
    interface Opener {
        RowSource open() throws IOException;
    }

    /** Adds the next row to a batch, or reports it. @return whether there may be more rows */
    boolean addNext(Batch batch);

    /** The batch as it is written. Called for each batch, in order. */
    default Batch complete(Batch batch) {
        return batch;
    }

    @Override
    void close() throws IOException;
}

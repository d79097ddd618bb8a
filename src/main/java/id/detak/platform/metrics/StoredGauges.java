package id.detak.platform.metrics;

/** Gauges of a feature whose figures stand in the database. */
public interface StoredGauges {

    /** Reads the figures anew. Blocks. */
    void refresh();
}

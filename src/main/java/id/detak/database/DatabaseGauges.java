package id.detak.database;

/** Gauges of a feature whose figures stand in the database. */
public interface DatabaseGauges {

    /** Reads the figures anew. Blocks. */
    void refresh();
}

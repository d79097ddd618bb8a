package id.detak.database;

/** Gauges of a feature whose values are in the database. */
public interface DatabaseGauges {

    /** Reads the values. Blocks. */
    void refresh();
}

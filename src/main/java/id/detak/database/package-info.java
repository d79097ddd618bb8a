/**
 * The PostgreSQL that Detak works on, embedded or external: opening it ({@link id.detak.database.Database}), noticing beside all other
 * work whether it is reachable ({@link id.detak.database.DatabaseWatch}) so that requests are refused at once while it is not,
 * retrying, leases on due rows ({@link id.detak.database.LeaseWorker}), LISTEN/NOTIFY, and metrics that are read from tables.
 */
package id.detak.database;

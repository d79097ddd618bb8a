/**
 * The PostgreSQL that Detak uses, embedded or external: opening it ({@link id.detak.database.Database}), detecting
 * outages ({@link id.detak.database.DatabaseWatch}) so that requests are refused immediately, retries, leases on due
 * rows ({@link id.detak.database.LeaseWorker}), notifications between processes
 * ({@link id.detak.database.PgNotifications}, {@link id.detak.database.NotificationListener}), and metrics that are
 * read from tables.
 */
package id.detak.database;

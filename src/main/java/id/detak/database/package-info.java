/**
 * The PostgreSQL that Detak uses, embedded or external.
 *
 * <ul>
 *   <li>{@link id.detak.database.Database} opens it;
 *   <li>{@link id.detak.database.DatabaseWatch} detects outages, so that requests are refused immediately;
 *   <li>{@link id.detak.database.DatabaseRetry} repeats work after temporary failures;
 *   <li>{@link id.detak.database.LeaseWorker} leases due rows;
 *   <li>{@link id.detak.database.PgNotifications} and {@link id.detak.database.NotificationListener} notify other
 *       processes;
 *   <li>{@link id.detak.database.DatabaseGauges} are metrics that are read from tables.
 * </ul>
 */
package id.detak.database;

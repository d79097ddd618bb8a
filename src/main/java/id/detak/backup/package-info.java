/**
 * Backup and restore of all that Detak keeps: the rows of every table, the key that secrets are sealed with, and the files by
 * which a person corrects the data. Plain Java on JDBC, for it runs before Quarkus does: a restore has to come before anything
 * else writes. What tables there are is asked of the database; no feature is known here.
 *
 * <p>A backup is a zip: {@code tables/*.copy} (PostgreSQL's COPY in its text form, which every version reads), {@code data/*}
 * (files of the data folder), and {@code manifest.json}, which says what must be in it. The entries are {@link id.detak.backup.Backup}
 * and {@link id.detak.backup.Restore}.
 */
package id.detak.backup;

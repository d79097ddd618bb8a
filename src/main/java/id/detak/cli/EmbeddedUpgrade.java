package id.detak.cli;

import id.detak.backup.Backup;
import id.detak.backup.BackupFile;
import id.detak.backup.Restore;
import id.detak.database.Database;
import id.detak.embedded.DatabaseUnavailableException;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.MajorUpgrade;
import id.detak.platform.UserException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Moves the data of an embedded database to this build's major version of PostgreSQL, by a backup and a restore. */
final class EmbeddedUpgrade {

    private static final String BACKUP = "upgrade.zip";

    private final Path dataFolder;
    private final boolean keyConfigured;
    private final Clock clock;

    /** @param keyConfigured whether {@code DETAK_SECRET_KEY} is set */
    EmbeddedUpgrade(Path dataFolder, boolean keyConfigured, Clock clock) {
        this.dataFolder = dataFolder;
        this.keyConfigured = keyConfigured;
        this.clock = clock;
    }

    /**
     * @param from the former major version
     * @param former where the old database stays
     */
    record Upgraded(int from, int tables, long rows, Path former) {}

    /**
     * Upgrades the database. After a failure, the old one is unchanged and in its place.
     *
     * @return empty if there is nothing to do
     * @throws UserException if the data folder is in use or cannot be upgraded
     */
    Optional<Upgraded> run() {
        try (MajorUpgrade upgrade = MajorUpgrade.begin(dataFolder).orElse(null)) {
            if (upgrade == null) {
                return Optional.empty();
            }
            EmbeddedPostgres old = upgrade.openOld();
            EmbeddedPostgres fresh = upgrade.openNew();
            Path file = upgrade.workFolder().resolve(BACKUP);
            new Backup(database(old), dataFolder, keyConfigured, clock).write(file);
            try (BackupFile backup = BackupFile.open(file)) {
                Restore.Restored restored = new Restore(database(fresh), dataFolder, keyConfigured)
                        // nothing can have been delivered since, so what waits is still to be sent
                        .from(backup, true);
                upgrade.finish();
                return Optional.of(new Upgraded(upgrade.from(), restored.tables(), restored.rows(), upgrade.former()));
            }
        } catch (DatabaseUnavailableException e) {
            throw new UserException(e.getMessage());
        }
    }

    private static Database database(EmbeddedPostgres postgres) {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password(), postgres);
    }
}

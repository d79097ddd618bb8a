package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.platform.DurableFiles;
import id.detak.platform.FileLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The move of a data folder to this build's major version of PostgreSQL. Both servers run beside each other while the
 * caller copies the data; the folder is then switched by two renames. Until then, and after any failure, the old
 * cluster is in its place. No other process can use the folder meanwhile.
 */
public final class MajorUpgrade implements AutoCloseable {

    private final EmbeddedFolder folder;
    private final EmbeddedFolder staging;
    private final int from;
    private final FileLocks.Held owner;
    private final FileLocks.Held users;
    private EmbeddedPostgres old;
    private EmbeddedPostgres fresh;

    private MajorUpgrade(EmbeddedFolder folder, int from, FileLocks.Held owner, FileLocks.Held users) {
        this.folder = folder;
        this.staging = EmbeddedFolder.prepare(folder.upgradeFolder());
        this.from = from;
        this.owner = owner;
        this.users = users;
    }

    /**
     * Locks the folder.
     *
     * @return empty if it has no database, or one of this build's version
     * @throws DatabaseUnavailableException if it cannot be upgraded, or belongs to another user
     */
    public static Optional<MajorUpgrade> begin(Path dataFolder) {
        EmbeddedFolder folder = EmbeddedFolder.prepare(dataFolder);
        folder.otherOwner().ifPresent(user -> {
            throw folder.belongsTo(user);
        });
        FileLocks.Held owner = FileLocks.tryExclusive(folder.ownerLock()).orElseThrow(() -> inUse(folder));
        FileLocks.Held users = null;
        Optional<MajorUpgrade> begun = Optional.empty();
        try {
            users = FileLocks.tryExclusive(folder.usersLock()).orElseThrow(() -> inUse(folder));
            int own = PostgresPrograms.ofThisBuild(folder.binaries(), folder).majorVersion();
            Optional<Integer> found = folder.clusterVersion().filter(version -> version < own);
            if (found.isPresent()) {
                begun = Optional.of(new MajorUpgrade(folder, found.get(), owner, users));
            }
            return begun;
        } finally {
            if (begun.isEmpty()) {
                if (users != null) {
                    users.close();
                }
                owner.close();
            }
        }
    }

    private static DatabaseUnavailableException inUse(EmbeddedFolder folder) {
        return new DatabaseUnavailableException(
                "A detak uses the data folder " + folder + ": stop it before the upgrade.");
    }

    /** The major version of the old cluster. */
    public int from() {
        return from;
    }

    /** For files of the caller, after {@link #openNew}. It is deleted in the end. */
    public Path workFolder() {
        return staging.root();
    }

    /** Where the old cluster is after the upgrade. */
    public Path former() {
        return folder.formerCluster(from);
    }

    /** Starts the old cluster by the programs that an earlier build unpacked. */
    public EmbeddedPostgres openOld() {
        // holds no lock of its own; SERVE because no other process can have joined
        old = new EmbeddedPostgres(OwnedServer.start(folder, Role.SERVE, () -> {}, oldPrograms()));
        return old;
    }

    private PostgresPrograms oldPrograms() {
        return Binaries.unpacked(folder.binaries()).stream()
                .map(binaries -> new PostgresPrograms(binaries, Platform.current(), folder))
                .filter(programs -> programs.majorVersion() == from)
                .findFirst()
                .orElseThrow(() -> new DatabaseUnavailableException("The programs of PostgreSQL " + from
                        + " are not in " + folder.binaries() + ": use the detak that made this database for a 'backup',"
                        + " and 'restore' it here into a new data folder (DETAK_DATA)."));
    }

    /** Creates an empty cluster of this build's version with the same password, and starts it. */
    public EmbeddedPostgres openNew() {
        try {
            // left by an upgrade that was interrupted
            DurableFiles.deleteTree(staging.root());
            DurableFiles.deleteTree(folder.upgradedCluster());
            Files.createDirectories(staging.root(), DurableFiles.permissions("rwx------"));
            byte[] password = Files.readAllBytes(folder.passwordFile());
            DurableFiles.write(staging.passwordFile(), password);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        fresh = EmbeddedPostgres.open(staging.root(), Role.COMMAND, folder.binaries());
        return fresh;
    }

    /** Stops both servers and puts the new cluster in the place of the old one, which stays beside it. */
    public void finish() {
        stop();
        try {
            if (Files.exists(former())) {
                throw new DatabaseUnavailableException(former() + " exists already: move it away and try again.");
            }
            DurableFiles.rename(staging.cluster(), folder.upgradedCluster());
            DurableFiles.rename(folder.cluster(), former());
            // if the process ends here, the next start takes this step
            DurableFiles.rename(folder.upgradedCluster(), folder.cluster());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private void stop() {
        if (fresh != null) {
            fresh.close();
        }
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() {
        try {
            stop();
            DurableFiles.deleteTree(staging.root());
        } catch (IOException e) {
            throw folder.unusable(e);
        } finally {
            users.close();
            owner.close();
        }
    }
}

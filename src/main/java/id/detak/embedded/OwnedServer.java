package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.platform.FileLocks;
import id.detak.platform.UserException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The server that this process runs, from the lock on its folder to the clean shutdown. */
final class OwnedServer implements Server {

    private static final Logger LOG = System.getLogger(OwnedServer.class.getName());
    private static final Duration USERS_ROUND = Duration.ofMillis(200);

    private final EmbeddedFolder folder;
    private final Role role;
    private final FileLocks.Held lock;
    private final Cluster cluster;
    private final EmbeddedDatabase database;
    private final Watchdog watchdog;
    private final Object closing = new Object();
    private boolean closed;

    private OwnedServer(
            EmbeddedFolder folder, Role role, FileLocks.Held lock, Cluster cluster, EmbeddedDatabase database) {
        this.folder = folder;
        this.role = role;
        this.lock = lock;
        this.cluster = cluster;
        this.database = database;
        this.watchdog = new Watchdog(cluster, database.port(), this::announce);
    }

    static OwnedServer start(EmbeddedFolder folder, Role role, FileLocks.Held lock, Path binaries) {
        try {
            RunningServer.starting(role).write(folder);
            return start(folder, role, lock, PostgresPrograms.ofThisBuild(binaries, folder));
        } catch (RuntimeException | Error e) {
            RunningServer.remove(folder);
            lock.close();
            throw e;
        }
    }

    /** @param programs of the version of the folder's cluster */
    static OwnedServer start(EmbeddedFolder folder, Role role, FileLocks.Held lock, PostgresPrograms programs) {
        try {
            Cluster cluster = new Cluster(folder, programs);
            String password = cluster.prepare();
            EmbeddedDatabase database = startChecked(folder, cluster, password, programs.forTerminal("pg_ctl"));
            OwnedServer server = new OwnedServer(folder, role, lock, cluster, database);
            server.announce();
            server.watchdog.start();
            return server;
        } catch (RuntimeException | Error e) {
            RunningServer.remove(folder);
            lock.close();
            throw e;
        }
    }

    private static EmbeddedDatabase startChecked(
            EmbeddedFolder folder, Cluster cluster, String password, String pgCtl) {
        try {
            EmbeddedDatabase database = new EmbeddedDatabase(cluster.start(), password);
            database.createIfMissing(folder);
            database.requireDurability(folder, pgCtl);
            return database;
        } catch (RuntimeException | Error e) {
            stopIfRunning(cluster);
            throw e;
        }
    }

    private void announce() {
        cluster.postmaster().ifPresent(process -> RunningServer.ready(role, database.port(), process.pid())
                .write(folder));
    }

    @Override
    public EmbeddedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        synchronized (closing) {
            if (closed) {
                return;
            }
            closed = true;
            // files cannot be read in an interrupted thread, and the shutdown must be completed
            boolean interrupted = Thread.interrupted();
            try (FileLocks.Held users = awaitUsers()) {
                interrupted |= Thread.interrupted();
                watchdog.stop();
                RunningServer.remove(folder);
                stopIfRunning(cluster);
                lock.close();
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /**
     * A command waits until no other process uses its server; a server process does not wait. The lock is held until
     * the server has stopped, so that a command that arrives now does not join it. Meanwhile the watchdog keeps the
     * server running for the others.
     */
    private FileLocks.Held awaitUsers() {
        FileLocks.Held nothing = () -> {};
        if (role == Role.SERVE) {
            return nothing;
        }
        try {
            boolean logged = false;
            while (true) {
                Optional<FileLocks.Held> users = FileLocks.tryExclusive(folder.usersLock());
                if (users.isPresent()) {
                    return users.get();
                }
                if (!logged) {
                    logged = true;
                    LOG.log(Level.INFO, "Other detak commands use the database in {0}; waiting for them.", folder);
                }
                Thread.sleep(USERS_ROUND.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nothing;
        } catch (UserException e) {
            LOG.log(Level.WARNING, e.getMessage());
            return nothing;
        }
    }

    private static void stopIfRunning(Cluster cluster) {
        boolean interrupted = Thread.interrupted();
        try {
            if (cluster.postmaster().isPresent()) {
                cluster.stop();
            }
        } catch (DatabaseUnavailableException e) {
            LOG.log(Level.WARNING, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

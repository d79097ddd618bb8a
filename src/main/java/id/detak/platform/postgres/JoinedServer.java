package id.detak.platform.postgres;

import id.detak.platform.FileLocks;
import java.util.Optional;

/** The server of another process, which keeps running it for as long as {@code users.lock} is held here. */
final class JoinedServer implements Server {

    private final Database database;
    private final FileLocks.Held use;

    private JoinedServer(Database database, FileLocks.Held use) {
        this.database = database;
        this.use = use;
    }

    /**
     * Empty while the owner is not ready, or no longer. The lock comes before the look: an owner that is a command
     * stops only when it has the lock for itself.
     */
    static Optional<JoinedServer> tryJoin(DataFolder folder) {
        Optional<FileLocks.Held> use = FileLocks.tryShared(folder.usersLock());
        if (use.isEmpty()) {
            return Optional.empty();
        }
        Optional<JoinedServer> joined = Optional.empty();
        try {
            joined = running(folder).map(database -> new JoinedServer(database, use.get()));
            return joined;
        } finally {
            if (joined.isEmpty()) {
                use.get().close();
            }
        }
    }

    private static Optional<Database> running(DataFolder folder) {
        Optional<RunningServer> server = RunningServer.read(folder);
        Optional<String> password = folder.password();
        if (server.isEmpty() || server.get().port().isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Database(server.get().port().getAsInt(), password.get())).filter(Database::answers);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public void close() {
        use.close();
    }
}

package id.detak.embedded;

import id.detak.platform.FileLocks;
import java.util.Optional;

/** The server of another process, which keeps it running as long as this process holds {@code users.lock}. */
final class SharedServer implements Server {

    private final EmbeddedDatabase database;
    private final FileLocks.Held use;

    private SharedServer(EmbeddedDatabase database, FileLocks.Held use) {
        this.database = database;
        this.use = use;
    }

    /**
     * Empty while the owner is not ready, or is stopping. The lock is taken before the check: an owner that is a
     * command stops only after it has got the lock exclusively.
     */
    static Optional<SharedServer> tryJoin(EmbeddedFolder folder) {
        Optional<FileLocks.Held> use = FileLocks.tryShared(folder.usersLock());
        if (use.isEmpty()) {
            return Optional.empty();
        }
        Optional<SharedServer> joined = Optional.empty();
        try {
            joined = running(folder).map(database -> new SharedServer(database, use.get()));
            return joined;
        } finally {
            if (joined.isEmpty()) {
                use.get().close();
            }
        }
    }

    private static Optional<EmbeddedDatabase> running(EmbeddedFolder folder) {
        Optional<RunningServer> server = RunningServer.read(folder);
        Optional<String> password = folder.password();
        if (server.isEmpty() || server.get().port().isEmpty() || password.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new EmbeddedDatabase(server.get().port().getAsInt(), password.get()))
                .filter(EmbeddedDatabase::answers);
    }

    @Override
    public EmbeddedDatabase database() {
        return database;
    }

    @Override
    public void close() {
        use.close();
    }
}

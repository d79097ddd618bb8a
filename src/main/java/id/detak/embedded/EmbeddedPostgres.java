package id.detak.embedded;

import java.nio.file.Path;

/**
 * The PostgreSQL of a data folder, run by this process, or by another Detak process that already runs it. The caller
 * that opened it closes it; no shutdown hook is registered here.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** How the process uses the database. */
    public enum Role {
        /** Runs permanently and needs the folder for itself: a second server is refused. */
        SERVE,
        /** Does its work and ends: shares a running server, or runs one meanwhile. */
        COMMAND
    }

    private final Server server;
    private final EmbeddedDatabase database;

    EmbeddedPostgres(Server server) {
        this.server = server;
        this.database = server.database();
    }

    /**
     * Creates the folder and the database if necessary, and returns when the database accepts connections.
     *
     * @throws DatabaseUnavailableException whose message is one sentence that says what to do
     */
    public static EmbeddedPostgres open(Path dataFolder, Role role) {
        EmbeddedFolder folder = EmbeddedFolder.prepare(dataFolder);
        return new EmbeddedPostgres(ServerOpener.open(folder, role, folder.binaries()));
    }

    /** Unpacks the binaries elsewhere, so that several folders can share them. */
    static EmbeddedPostgres open(Path dataFolder, Role role, Path binaries) {
        return new EmbeddedPostgres(ServerOpener.open(EmbeddedFolder.prepare(dataFolder), role, binaries));
    }

    public String jdbcUrl() {
        return database.url();
    }

    public String username() {
        return EmbeddedDatabase.USER;
    }

    public String password() {
        return database.password();
    }

    /** Whether this process runs the server, rather than another Detak process. */
    public boolean isOwner() {
        return server instanceof OwnedServer;
    }

    /**
     * Stops the server if this process owns it, and returns when it has stopped. A {@link Role#COMMAND} first waits
     * without limit until other commands have finished with it; an interrupt ends that wait.
     */
    @Override
    public void close() {
        server.close();
    }
}

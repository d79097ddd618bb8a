package id.detak.embedded;

import java.nio.file.Path;

/**
 * The PostgreSQL of a data folder, either run by this process or, when another detak process already runs it, that one.
 * It is closed by whoever opened it; no shutdown hook is registered here.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** What the opening process is going to do with the database. */
    public enum Role {
        /** Runs for long and needs the folder for itself: a second one is refused. */
        SERVE,
        /** Does its work and ends: shares a running server, or runs one for as long as it lasts. */
        COMMAND
    }

    private final Server server;
    private final EmbeddedDatabase database;

    private EmbeddedPostgres(Server server) {
        this.server = server;
        this.database = server.database();
    }

    /**
     * Makes the folder and the database where there are none, and returns when it can be connected to.
     *
     * @throws DatabaseUnavailableException whose message is one plain sentence that says what to do
     */
    public static EmbeddedPostgres open(Path dataFolder, Role role) {
        EmbeddedFolder folder = EmbeddedFolder.prepare(dataFolder);
        return new EmbeddedPostgres(ServerOpener.open(folder, role, folder.binaries()));
    }

    /** The same with the binaries unpacked somewhere else, so that many folders can share them. */
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

    /** Whether this process runs the server; otherwise it is connected to the one of another detak process. */
    public boolean isOwner() {
        return server instanceof OwnedServer;
    }

    /**
     * Stops the server if this process owns it, and returns when it has stopped. A {@link Role#COMMAND} first waits
     * until the other commands that use it are done, however long that takes; an interrupt ends that waiting.
     */
    @Override
    public void close() {
        server.close();
    }
}

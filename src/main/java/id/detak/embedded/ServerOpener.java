package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.platform.DurableFiles;
import id.detak.platform.FileLocks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides which process owns a data folder. The holder of {@code owner.lock} runs the server; the operating system
 * releases the lock when a process dies, so no state of files needs to be interpreted. Each round tries the lock first,
 * so that a command that arrives while the owner stops becomes the owner.
 */
final class ServerOpener {

    private static final Logger LOG = System.getLogger(ServerOpener.class.getName());
    private static final Duration SERVE_WAITS = Duration.ofMinutes(2);
    private static final Duration COMMAND_WAITS = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofMillis(200);

    private final EmbeddedFolder folder;
    private final Role role;
    private final Path binaries;
    private boolean serveSeen;
    private boolean waitingTold;

    private ServerOpener(EmbeddedFolder folder, Role role, Path binaries) {
        this.folder = folder;
        this.role = role;
        this.binaries = binaries;
    }

    static Server open(EmbeddedFolder folder, Role role, Path binaries) {
        return new ServerOpener(folder, role, binaries).openOrJoin();
    }

    private Server openOrJoin() {
        Optional<UserPrincipal> otherUser = folder.otherOwner();
        return otherUser.isPresent() ? joinAs(otherUser.get()) : open();
    }

    /** Joins the running server of another user, which only root can. Leaves no file that this user cannot change. */
    private Server joinAs(UserPrincipal user) {
        try {
            if (role == Role.COMMAND && RunningServer.read(folder).isPresent()) {
                Optional<SharedServer> joined = SharedServer.tryJoin(folder);
                DurableFiles.giveToOwnerOf(folder.cluster(), folder.usersLock());
                if (joined.isPresent()) {
                    return joined.get();
                }
            }
        } catch (IOException e) {
            throw folder.unusable(e);
        }
        throw folder.belongsTo(user);
    }

    private Server open() {
        Timeout deadline = Timeout.in(
                switch (role) {
                    case SERVE -> SERVE_WAITS;
                    case COMMAND -> COMMAND_WAITS;
                });
        while (true) {
            Optional<FileLocks.Held> lock = FileLocks.tryExclusive(folder.ownerLock());
            if (lock.isPresent()) {
                return OwnedServer.start(folder, role, lock.get(), binaries);
            }
            Optional<SharedServer> joined =
                    switch (role) {
                        case COMMAND -> SharedServer.tryJoin(folder);
                        case SERVE -> {
                            refuseBesideAnotherServe();
                            yield Optional.empty();
                        }
                    };
            if (joined.isPresent()) {
                return joined.get();
            }
            if (deadline.passed()) {
                throw gaveUp();
            }
            deadline.pause(ROUND);
        }
    }

    /**
     * A new owner holds the lock shortly before it overwrites the server.properties of a killed one, so a single read
     * proves nothing.
     */
    private void refuseBesideAnotherServe() {
        Optional<RunningServer> running = RunningServer.read(folder);
        boolean serves = running.filter(server -> server.role() == Role.SERVE).isPresent();
        if (serves && serveSeen) {
            throw new DatabaseUnavailableException("Another detak (process "
                    + running.get().owner()
                    + ") already serves from " + folder + ": stop it first, or, to run replicas, give all of them one"
                    + " external database by DETAK_DB_URL.");
        }
        serveSeen = serves;
        if (!serves && !waitingTold) {
            waitingTold = true;
            LOG.log(Level.INFO, "A detak command is using the database in {0}; waiting for it to finish.", folder);
        }
    }

    private DatabaseUnavailableException gaveUp() {
        String holder = RunningServer.read(folder)
                .map(server -> " (process " + server.owner() + ")")
                .orElse("");
        return new DatabaseUnavailableException(
                switch (role) {
                    case SERVE ->
                        "A detak command" + holder + " has been using the database in " + folder + " for more than "
                                + SERVE_WAITS.toMinutes() + " minutes: start again when it is done.";
                    case COMMAND ->
                        "The Detak process" + holder + " that runs the database in " + folder
                                + " did not accept a connection within "
                                + COMMAND_WAITS.toSeconds() + " s: try again, and if that does not help read "
                                + folder.log() + ".";
                });
    }
}

package id.detak.embedded;

import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The cluster in a data folder: creates it once, starts and stops it. A failure never deletes it. */
final class Cluster {

    private static final Logger LOG = System.getLogger(Cluster.class.getName());
    private static final String WAIT_SECONDS = "300";
    private static final Duration WAIT = Duration.ofSeconds(360);
    private static final Duration LINGERING = Duration.ofSeconds(60);
    private static final Duration RETRY_AFTER = Duration.ofMillis(500);

    private final EmbeddedFolder folder;
    private final PostgresPrograms programs;
    private ProcessHandle started;

    Cluster(EmbeddedFolder folder, PostgresPrograms programs) {
        this.folder = folder;
        this.programs = programs;
    }

    /** Creates the cluster if there is none. Returns its password. */
    String prepare() {
        try {
            finishUpgrade();
            int own = programs.majorVersion();
            Optional<Integer> found = folder.clusterVersion();
            if (found.isEmpty()) {
                refuseForeignFolder();
                return create();
            }
            if (found.get() != own) {
                throw otherVersion(found.get(), own);
            }
            return folder.password()
                    .orElseThrow(
                            () -> new DatabaseUnavailableException(
                                    "The database in "
                                            + folder.cluster() + " is there but its password in "
                                            + folder.passwordFile()
                                            + " is not: put that file back from a backup, or choose another data folder (DETAK_DATA)."));
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private DatabaseUnavailableException otherVersion(int found, int own) {
        String way = found < own
                ? "run the command 'upgrade', which moves the data and keeps the old database"
                : "use the detak that made it, or its command 'backup', and 'restore' here into a new data folder"
                        + " (DETAK_DATA)";
        return new DatabaseUnavailableException("The database in " + folder.cluster() + " is of PostgreSQL " + found
                + " and this detak carries " + own + ": " + way + ".");
    }

    /** An upgrade that was interrupted between its last two steps left the new cluster beside the place of the old. */
    private void finishUpgrade() throws IOException {
        if (!Files.exists(folder.cluster()) && Files.isDirectory(folder.upgradedCluster())) {
            DurableFiles.rename(folder.upgradedCluster(), folder.cluster());
        }
    }

    private void refuseForeignFolder() throws IOException {
        if (!Files.exists(folder.cluster())) {
            return;
        }
        try (Stream<Path> contents = Files.list(folder.cluster())) {
            if (contents.findAny().isPresent()) {
                throw new DatabaseUnavailableException("The folder " + folder.cluster() + " has files but no database:"
                        + " restore the missing files, move the folder away, or choose another data folder"
                        + " (DETAK_DATA).");
            }
        }
        Files.delete(folder.cluster());
    }

    private String create() throws IOException {
        String password = folder.passwordForNewCluster();
        DurableFiles.deleteTree(folder.unfinishedCluster());
        ProcessRun.Result result = programs.run(
                "initdb",
                WAIT,
                "--pgdata=" + folder.unfinishedCluster(),
                "--username=" + EmbeddedDatabase.USER,
                "--auth=scram-sha-256",
                // the password is random: more iterations would only make each connection slower
                "--set=scram_iterations=1",
                "--pwfile=" + folder.passwordFile(),
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--data-checksums");
        if (!result.succeeded()) {
            throw new DatabaseUnavailableException("Could not create a database in " + folder + " (" + result.summary()
                    + "): correct that and start again, or set DETAK_DB_URL.");
        }
        DurableFiles.rename(folder.unfinishedCluster(), folder.cluster());
        LOG.log(Level.INFO, "Created a database in {0}.", folder);
        return password;
    }

    /** Starts the server on a free port of 127.0.0.1, and returns the port. */
    int start() {
        Timeout deadline = Timeout.in(LINGERING);
        ServerLog.rotate(folder.log());
        while (true) {
            int port = freePort();
            Optional<StartFailure> failure = tryStart(port);
            if (failure.isEmpty()) {
                return port;
            }
            if (!failure.get().mayPass() || deadline.passed()) {
                throw failure.get().asException(folder);
            }
            deadline.pause(RETRY_AFTER);
        }
    }

    /** One attempt, after removing leftovers of an earlier server. Empty if the server is up. */
    Optional<StartFailure> tryStart(int port) {
        clearLeftovers();
        long logged = ServerLog.size(folder.log());
        ProcessRun.Result result = programs.run(
                "pg_ctl",
                WAIT,
                "start",
                "-D",
                folder.cluster().toString(),
                "-l",
                folder.log().toString(),
                "-w",
                "-t",
                WAIT_SECONDS,
                "-o",
                options(port));
        if (result.succeeded()) {
            started = postmasterFile().flatMap(PostmasterPid::process).orElse(null);
            return Optional.empty();
        }
        String log = ServerLog.since(folder.log(), logged);
        return Optional.of(new StartFailure(log.isBlank() ? result.output() : log));
    }

    /** The options of the server. On the command line, they override postgresql.conf. */
    private static String options(int port) {
        return Stream.of(
                        "port=" + port,
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "max_connections=100",
                        "timezone=UTC",
                        "log_timezone=UTC",
                        "logging_collector=off",
                        "log_destination=stderr",
                        "lc_messages=C")
                .map(setting -> "-c " + setting)
                .reduce((one, other) -> one + " " + other)
                .orElseThrow();
    }

    /**
     * Stops a server that a killed Detak left on this cluster. A pid file that names the process of another program is
     * removed, and the process is left alone. A file that names no process is left to PostgreSQL, which removes it
     * after checking that no child of a killed server still uses its shared memory.
     */
    private void clearLeftovers() {
        Optional<PostmasterPid> left = postmasterFile();
        if (left.isEmpty()) {
            return;
        }
        try {
            if (postmaster().isPresent()) {
                LOG.log(Level.INFO, "Stopping the PostgreSQL that an earlier detak left running in {0}.", folder);
                stop();
            } else if (left.get().process().isPresent() || left.get().pid() == 0) {
                left.get().delete();
            }
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    /** Closes its connections, lets it write all data, and returns when it has stopped. */
    void stop() {
        ProcessRun.Result result = programs.run(
                "pg_ctl", WAIT, "stop", "-D", folder.cluster().toString(), "-m", "fast", "-w", "-t", WAIT_SECONDS);
        if (!result.succeeded() && postmaster().isPresent()) {
            throw new DatabaseUnavailableException("The PostgreSQL in " + folder + " did not stop within "
                    + WAIT_SECONDS + " s (" + result.summary() + "): see what keeps it in " + folder.log()
                    + ", and start again.");
        }
    }

    /** The process of the running server, never that of another program with a reused pid. */
    Optional<ProcessHandle> postmaster() {
        return postmasterFile().flatMap(file -> file.process()
                .filter(Postmaster::isRunning)
                .filter(process -> process.equals(started)
                        || Postmaster.serves(folder.cluster(), process, file.port(), folder.password())));
    }

    private Optional<PostmasterPid> postmasterFile() {
        try {
            return PostmasterPid.read(folder.cluster());
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new DatabaseUnavailableException(
                    "PostgreSQL finds no free port on 127.0.0.1 (" + e
                            + "): see that the loopback interface is up, or set DETAK_DB_URL.",
                    e);
        }
    }

    /** Why a start failed, from PostgreSQL's log. */
    record StartFailure(String log) {

        private static final List<String> PASSING = List.of(
                // another program took the port between the choice and the start
                "could not bind",
                // the children of a killed server end within seconds
                "shared memory block",
                "lock file \"postmaster.pid\"");

        boolean mayPass() {
            return PASSING.stream().anyMatch(log::contains);
        }

        DatabaseUnavailableException asException(EmbeddedFolder folder) {
            return new DatabaseUnavailableException("PostgreSQL did not start in " + folder.cluster() + " ("
                    + ServerLog.summary(log) + "). Nothing was deleted. Correct the problem that " + folder.log()
                    + " reports, and start again.");
        }
    }
}

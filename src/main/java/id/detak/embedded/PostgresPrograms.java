package id.detak.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs initdb, pg_ctl and postgres as a user that they accept. */
final class PostgresPrograms {

    private static final Duration SHORT = Duration.ofSeconds(60);
    private static final Pattern MAJOR = Pattern.compile("\\(PostgreSQL\\) (\\d+)");

    private final Path bin;
    private final Platform platform;
    private final EmbeddedFolder folder;
    private final List<String> prefix;

    PostgresPrograms(Path binaries, Platform platform, EmbeddedFolder folder) {
        this.bin = binaries.resolve("bin");
        this.platform = platform;
        this.folder = folder;
        this.prefix = isRoot() ? withoutRoot() : isNameless() ? withName() : List.of();
    }

    /** Unpacks the programs if necessary. The caller holds owner.lock. */
    static PostgresPrograms ofThisBuild(Path binaries, EmbeddedFolder folder) {
        Platform platform = Platform.current();
        return new PostgresPrograms(Binaries.unpack(binaries, platform), platform, folder);
    }

    ProcessRun.Result run(String program, Duration limit, String... arguments) {
        List<String> line = new ArrayList<>(prefix);
        line.add(path(program).toString());
        line.addAll(List.of(arguments));
        return execute(line, limit);
    }

    /** The command for a terminal. */
    String forTerminal(String program) {
        return String.join(" ", prefix) + (prefix.isEmpty() ? "" : " ") + '"' + path(program) + '"';
    }

    private Path path(String program) {
        return bin.resolve(platform.isWindows() ? program + ".exe" : program);
    }

    int majorVersion() {
        ProcessRun.Result result = run("pg_ctl", SHORT, "--version");
        Matcher matcher = MAJOR.matcher(result.output());
        if (!result.succeeded() || !matcher.find()) {
            throw new DatabaseUnavailableException("The PostgreSQL of this build does not run on this machine ("
                    + result.summary() + "): set DETAK_DB_URL to a database that you run.");
        }
        return Integer.parseInt(matcher.group(1));
    }

    private boolean isRoot() {
        return platform.isLinux()
                && execute(List.of("id", "-u"), SHORT).output().strip().equals("0");
    }

    /** As of a container that runs with a user id of its own. The JVM finds no name for it. */
    private boolean isNameless() {
        return platform.isLinux() && System.getProperty("user.name", "?").equals("?");
    }

    /** initdb needs a name for the user. In a user namespace without a mapping, the user is nobody. */
    private List<String> withName() {
        List<String> unshare = List.of("unshare", "-U");
        if (!execute(List.of("unshare", "-U", "true"), SHORT).succeeded()) {
            throw new DatabaseUnavailableException("PostgreSQL needs a name for this user id, and user namespaces"
                    + " (\"unshare -U\") are disabled on this system: add the user to /etc/passwd, start detak as"
                    + " another user, or set DETAK_DB_URL to a database that you run.");
        }
        return unshare;
    }

    /**
     * PostgreSQL refuses to run as root. In a user namespace without a mapping, root appears as the user nobody, yet
     * still owns the files.
     */
    private List<String> withoutRoot() {
        List<String> unshare = List.of("unshare", "-U");
        if (!execute(List.of("unshare", "-U", "true"), SHORT).succeeded()) {
            throw new DatabaseUnavailableException("PostgreSQL does not run as root, and user namespaces"
                    + " (\"unshare -U\") are disabled on this system: start detak as another"
                    + " user, or set DETAK_DB_URL to a database that you run.");
        }
        return unshare;
    }

    private ProcessRun.Result execute(List<String> line, Duration limit) {
        try {
            return ProcessRun.run(line, limit, folder.commandOutput());
        } catch (IOException e) {
            return new ProcessRun.Result(-1, e.getMessage());
        }
    }
}

package id.detak.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Checks whether a process runs, and whether it is the server of a given cluster. */
final class Postmaster {

    private Postmaster() {}

    /**
     * A zombie does not run: it stays for ever if the first process of a container, such as Java, does not reap
     * orphans.
     */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && !isZombie(process.pid());
    }

    private static boolean isZombie(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Whether a process serves the cluster: by its program and arguments, or by a query to the server if the system
     * does not show arguments (Windows).
     */
    static boolean serves(Path cluster, ProcessHandle process, int port, Optional<String> password) {
        Optional<String> program = process.info().command();
        if (program.isPresent() && !isPostgres(program.get())) {
            return false;
        }
        Optional<String[]> arguments = process.info().arguments();
        if (arguments.isPresent()) {
            return program.isPresent()
                    && (Arrays.asList(arguments.get()).contains(cluster.toString()) || worksIn(cluster, process.pid()));
        }
        return worksIn(cluster, process.pid())
                || password.flatMap(secret -> new EmbeddedDatabase(port, secret).dataDirectory())
                        .filter(folder -> isSame(cluster, folder))
                        .isPresent();
    }

    private static boolean isPostgres(String program) {
        // Linux adds " (deleted)" if the binaries were unpacked again under a running server
        String name = program.substring(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
        return name.equals("postgres.exe") || name.replace(" (deleted)", "").equals("postgres");
    }

    /** The working directory of a server is its cluster, even if the folder was renamed. */
    private static boolean worksIn(Path cluster, long pid) {
        return isSame(cluster, "/proc/" + pid + "/cwd");
    }

    private static boolean isSame(Path folder, String other) {
        try {
            return Files.isSameFile(folder, Path.of(other));
        } catch (IOException | InvalidPathException e) {
            return false;
        }
    }
}

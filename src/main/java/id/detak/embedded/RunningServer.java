package id.detak.embedded;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;

/**
 * The content of {@code server.properties}: owner and port of a folder's server. It is written as soon as a process
 * owns the folder, and again with the port when the server is ready.
 *
 * @param role the role of the owner
 * @param owner the process that runs the server
 * @param port empty until the server is ready
 */
record RunningServer(Role role, long owner, OptionalInt port, long pid) {

    static RunningServer starting(Role role) {
        return new RunningServer(role, ProcessHandle.current().pid(), OptionalInt.empty(), 0);
    }

    static RunningServer ready(Role role, int port, long pid) {
        return new RunningServer(role, ProcessHandle.current().pid(), OptionalInt.of(port), pid);
    }

    /** Reads the file of a running server; empty if there is none, or its owner no longer runs. */
    static Optional<RunningServer> read(EmbeddedFolder folder) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(Files.readString(folder.running())));
            String port = properties.getProperty("port");
            RunningServer server = new RunningServer(
                    Role.valueOf(properties.getProperty("role")),
                    Long.parseLong(properties.getProperty("owner")),
                    port == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(port)),
                    Long.parseLong(properties.getProperty("pid", "0")));
            return ProcessHandle.of(server.owner).isPresent() ? Optional.of(server) : Optional.empty();
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            return Optional.empty();
        }
    }

    void write(EmbeddedFolder folder) {
        StringBuilder text = new StringBuilder("# The PostgreSQL that detak runs in this folder; gone when it stops.\n")
                .append("role=")
                .append(role)
                .append('\n')
                .append("owner=")
                .append(owner)
                .append('\n');
        port.ifPresent(number -> text.append("port=")
                .append(number)
                .append('\n')
                .append("pid=")
                .append(pid)
                .append('\n'));
        try {
            DurableFiles.write(folder.running(), text.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    static void remove(EmbeddedFolder folder) {
        try {
            Files.deleteIfExists(folder.running());
        } catch (IOException e) {
            // the next owner overwrites it; until then the lock shows that the folder has no owner
        }
    }
}

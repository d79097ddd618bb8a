package id.detak.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * PostgreSQL's pid file of a running server. Its lines: process, folder, start, port, …
 *
 * @param pid 0 if the file is damaged, which happens after a power cut
 */
record PostmasterPid(Path file, long pid, int port) {

    static Optional<PostmasterPid> read(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        try {
            List<String> lines = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .lines()
                    .toList();
            return Optional.of(new PostmasterPid(file, number(lines, 0), (int) number(lines, 3)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static long number(List<String> lines, int index) {
        try {
            return lines.size() > index
                    ? Math.max(0, Long.parseLong(lines.get(index).strip()))
                    : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    Optional<ProcessHandle> process() {
        return pid == 0 ? Optional.empty() : ProcessHandle.of(pid);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}

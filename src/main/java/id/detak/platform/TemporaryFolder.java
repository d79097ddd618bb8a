package id.detak.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder of this process for temporary files. Libraries unpack native code and caches there, which a killed process
 * leaves behind; the next start deletes the folders of processes that have ended. A lock file beside each shows whether
 * its process runs.
 */
public final class TemporaryFolder {

    private static final String PROPERTY = "java.io.tmpdir";
    private static final String PREFIX = "detak-";
    private static final String LOCK = ".lock";

    private TemporaryFolder() {}

    /**
     * Makes a new folder the JVM's folder for temporary files until the process ends. Call it before anything creates a
     * temporary file, because the JVM reads the property once. If the folder cannot be created, the JVM keeps its own.
     */
    public static void use() {
        Path parent = Path.of(System.getProperty(PROPERTY));
        deleteLeftovers(parent);
        Path own = parent.resolve(PREFIX + UUID.randomUUID());
        try {
            Optional<FileLocks.Held> lock = FileLocks.tryExclusive(lockOf(own));
            if (lock.isPresent()) {
                Files.createDirectory(own, DurableFiles.permissions("rwx------"));
                System.setProperty(PROPERTY, own.toString());
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(own), "detak-temporary-folder"));
            }
        } catch (IOException | UserException e) {
            // a read-only or full disk: whatever needs a temporary file reports it
        }
    }

    static void deleteLeftovers(Path parent) {
        List<Path> locks;
        try (Stream<Path> files = Files.list(parent)) {
            locks = files.filter(TemporaryFolder::isLock).toList();
        } catch (IOException e) {
            return;
        }
        for (Path lock : locks) {
            try (FileLocks.Held held = FileLocks.tryExclusive(lock).orElse(null)) {
                if (held != null) {
                    delete(folderOf(lock));
                }
            } catch (UserException e) {
                // of another user
            }
        }
    }

    private static void delete(Path folder) {
        try {
            DurableFiles.deleteTree(folder);
            Files.deleteIfExists(lockOf(folder));
        } catch (IOException e) {
            // the next start tries again
        }
    }

    private static boolean isLock(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(PREFIX) && name.endsWith(LOCK);
    }

    private static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + LOCK);
    }

    private static Path folderOf(Path lock) {
        String name = lock.getFileName().toString();
        return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
    }
}

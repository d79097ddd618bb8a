package id.detak.intake.spool;

import id.detak.platform.DurableFiles;
import id.detak.platform.FileLocks;
import id.detak.platform.UserException;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The folders of the spool that belong to this process. Each is locked by a file beside it, so that processes can share
 * a data folder without touching each other's files. When a process ends for any reason, other processes can take over
 * its folders.
 */
final class SpoolFolders {

    private final Path parent;
    private final Path fresh;
    private final Map<Path, FileLocks.Held> held = new LinkedHashMap<>();

    private SpoolFolders(Path parent) {
        this.parent = parent;
        this.fresh = parent.resolve(UUID.randomUUID().toString());
    }

    static SpoolFolders in(Path spool) {
        return new SpoolFolders(spool.toAbsolutePath());
    }

    /** Takes over the folders that no process holds, and returns them. */
    List<Path> takeFree() {
        List<Path> taken = new ArrayList<>();
        try (Stream<Path> paths = Files.list(parent)) {
            for (Path folder : paths.filter(path -> !path.endsWith(SetAside.FOLDER) && Files.isDirectory(path))
                    .sorted()
                    .toList()) {
                if (!held.containsKey(folder) && hold(folder)) {
                    taken.add(folder);
                }
            }
        } catch (NoSuchFileException e) {
            // nothing was ever spooled
        } catch (IOException | UserException e) {
            Log.errorf("Cannot check the spool for files of other processes: %s", e.getMessage());
        }
        return taken;
    }

    /** The folder to which this process writes. */
    Path own() {
        return held.keySet().stream().findFirst().orElse(fresh);
    }

    /** Locks the own folder before the first write. */
    void holdOwn() throws IOException {
        if (!held.isEmpty()) {
            return;
        }
        Files.createDirectories(parent, DurableFiles.permissions("rwx------"));
        try {
            // the lock comes first, so that the folder never exists without it
            if (!hold(fresh)) {
                throw new IOException("another process holds " + fresh);
            }
        } catch (UserException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void close() {
        held.values().forEach(FileLocks.Held::close);
        held.clear();
    }

    static Path lockOf(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".lock");
    }

    private boolean hold(Path folder) {
        Optional<FileLocks.Held> lock = FileLocks.tryExclusive(lockOf(folder));
        lock.ifPresent(got -> held.put(folder, got));
        return lock.isPresent();
    }
}

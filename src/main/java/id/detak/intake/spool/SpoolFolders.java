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
 * The folders within the spool that are this process's, each by the lock of a file beside it: processes may share a data folder,
 * and none touches what another one writes. Who ends, however that comes, leaves its folders to the others.
 */
final class SpoolFolders {

    private final Path parent;
    private final String nobodys;
    private final Path made;
    private final Map<Path, FileLocks.Held> held = new LinkedHashMap<>();

    /** @param nobodys the name of a folder in there that no process has for itself */
    SpoolFolders(Path parent, String nobodys) {
        this.parent = parent;
        this.nobodys = nobodys;
        this.made = parent.resolve(UUID.randomUUID().toString());
    }

    /** @return the folders that nobody held, and which are this process's from now on */
    List<Path> takeFree() {
        List<Path> taken = new ArrayList<>();
        try (Stream<Path> paths = Files.list(parent)) {
            for (Path folder : paths.filter(path -> !path.endsWith(nobodys) && Files.isDirectory(path)).sorted().toList()) {
                if (!held.containsKey(folder) && hold(folder)) {
                    taken.add(folder);
                }
            }
        } catch (NoSuchFileException e) {
            // nothing was ever spooled
        } catch (IOException | UserException e) {
            Log.errorf("What other processes may have left in the spool cannot be looked for: %s", e.getMessage());
        }
        return taken;
    }

    /** Where this process writes. */
    Path own() {
        return held.keySet().stream().findFirst().orElse(made);
    }

    /** Before it writes there. */
    void holdOwn() throws IOException {
        if (!held.isEmpty()) {
            return;
        }
        Files.createDirectories(parent, DurableFiles.permissions("rwx------"));
        try {
            // the lock first: a folder is never seen without it
            if (!hold(made)) {
                throw new IOException("somebody else holds " + made);
            }
        } catch (UserException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void close() {
        held.values().forEach(FileLocks.Held::close);
        held.clear();
    }

    private boolean hold(Path folder) {
        Optional<FileLocks.Held> lock = FileLocks.tryExclusive(folder.resolveSibling(folder.getFileName() + ".lock"));
        lock.ifPresent(got -> held.put(folder, got));
        return lock.isPresent();
    }
}

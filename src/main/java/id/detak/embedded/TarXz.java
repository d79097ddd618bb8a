package id.detak.embedded;

import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks a .txz with links and executable bits. Entries and links cannot leave the target folder. */
final class TarXz {

    private static final int EXECUTABLE_BY_OWNER = 0100;

    private TarXz() {}

    static void unpack(InputStream archive, Path root) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, root);
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path root) throws IOException {
        Path target = within(root, root.resolve(entry.getName()), entry);
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            within(root, target.getParent().resolve(entry.getLinkName()), entry);
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
            Files.createLink(target, within(root, root.resolve(entry.getLinkName()), entry));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            if ((entry.getMode() & EXECUTABLE_BY_OWNER) != 0) {
                DurableFiles.makeExecutable(target);
            }
        } else {
            throw new IOException("unexpected kind of entry: " + entry.getName());
        }
    }

    private static Path within(Path root, Path path, TarArchiveEntry entry) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(root.normalize())) {
            throw new IOException("entry leads out of the archive: " + entry.getName());
        }
        return normal;
    }
}

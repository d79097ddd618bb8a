package id.detak.embedded;

import id.detak.platform.DurableFiles;
import id.detak.platform.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The PostgreSQL programs, unpacked from the archive on the class path into a folder named after the archive's hash. A
 * note records their number and size, so that an incomplete folder is detected and unpacked again.
 */
final class Binaries {

    private static final String NOTE = "complete";

    private Binaries() {}

    /** The caller holds owner.lock, so no other process unpacks at the same time. */
    static Path unpack(Path folder, Platform platform) {
        return unpack(folder, platform, find(platform.archiveName()));
    }

    /** The unpacked programs in the folder, of this and earlier versions. */
    static List<Path> unpacked(Path folder) {
        try (Stream<Path> versions = Files.list(folder)) {
            List<Path> whole = new ArrayList<>();
            for (Path version : versions.sorted().toList()) {
                if (isWhole(version)) {
                    whole.add(version);
                }
            }
            return whole;
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new DatabaseUnavailableException(folder + " cannot be read (" + e + "): make it readable.", e);
        }
    }

    static Path unpack(Path folder, Platform platform, URL archive) {
        if (archive == null) {
            throw new DatabaseUnavailableException("This build has no PostgreSQL for " + platform
                    + ": build it on this machine, or set DETAK_DB_URL to a database that you run.");
        }
        try {
            Path target = folder.resolve(hash(archive));
            if (!isWhole(target)) {
                Files.createDirectories(folder);
                unpack(archive, target);
            }
            return target;
        } catch (IOException | UncheckedIOException e) {
            throw new DatabaseUnavailableException(
                    "PostgreSQL could not be unpacked into " + folder + " (" + e
                            + "): free some space or make the folder writable, then start again.",
                    e);
        }
    }

    private static URL find(String name) {
        URL own = Binaries.class.getClassLoader().getResource(name);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        return own != null || context == null ? own : context.getResource(name);
    }

    private static String hash(URL archive) throws IOException {
        try (InputStream in = new DigestInputStream(archive.openStream(), Sha256.newDigest())) {
            byte[] buffer = new byte[1 << 16];
            while (in.read(buffer) >= 0) {}
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest(), 0, 8);
        }
    }

    private static void unpack(URL archive, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        DurableFiles.deleteTree(unfinished);
        DurableFiles.deleteTree(target);
        Files.createDirectory(unfinished);
        try (InputStream in = new BufferedInputStream(archive.openStream(), 1 << 16)) {
            TarXz.unpack(in, unfinished);
        }
        DurableFiles.write(unfinished.resolve(NOTE), contents(unfinished).getBytes(StandardCharsets.UTF_8));
        DurableFiles.rename(unfinished, target);
    }

    private static boolean isWhole(Path folder) throws IOException {
        Path note = folder.resolve(NOTE);
        return Files.isRegularFile(note) && Files.readString(note).equals(contents(folder));
    }

    private static String contents(Path folder) throws IOException {
        long files = 0;
        long bytes = 0;
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                if (Files.isRegularFile(path) && !path.endsWith(NOTE)) {
                    files++;
                    bytes += Files.size(path);
                }
            }
        }
        return files + " files, " + bytes + " bytes\n";
    }
}

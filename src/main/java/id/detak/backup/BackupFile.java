package id.detak.backup;

import id.detak.platform.Sha256;
import id.detak.platform.UserException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A complete backup, ready to be restored. */
public final class BackupFile implements Closeable {

    private static final int MAX_MANIFEST = 16 * 1024 * 1024;

    private final ZipFile zip;
    private final Manifest manifest;

    private BackupFile(ZipFile zip, Manifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /**
     * Reads the whole file before anything is changed.
     *
     * @throws NotRestorableException if it is no backup, or not complete
     */
    public static BackupFile open(Path path) {
        ZipFile zip = null;
        try {
            zip = new ZipFile(path.toFile());
            BackupFile file = new BackupFile(zip, manifest(zip));
            file.requireWhole();
            return file;
        } catch (NotRestorableException e) {
            close(zip);
            throw new NotRestorableException(path + " cannot be restored: " + e.getMessage());
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new UserException(path + " cannot be read: it does not exist, or this user may not read it.");
        } catch (IOException | RuntimeException e) {
            close(zip);
            throw new NotRestorableException(
                    path + " cannot be restored: it is no backup of Detak, or damaged or cut off (" + e.getMessage()
                            + "). Nothing was changed.");
        }
    }

    /**
     * What the backup contains.
     *
     * @param schema the version of the schema
     * @param postgres the version of PostgreSQL that it was made from
     */
    public record Summary(Instant madeAt, String schema, String postgres, int tables, long rows) {}

    public Summary summary() {
        return new Summary(
                manifest.createdAt(),
                manifest.schema(),
                manifest.postgres(),
                manifest.tables().size(),
                manifest.rows());
    }

    Manifest manifest() {
        return manifest;
    }

    /** The rows of a table, in the format of COPY. */
    InputStream rows(Manifest.Table table) throws IOException {
        return stream(table.entry());
    }

    byte[] content(Manifest.File file) throws IOException {
        try (InputStream in = stream(file.entry())) {
            return in.readAllBytes();
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null || entry.getSize() > MAX_MANIFEST) {
            throw new ZipException("it has no manifest");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readAllBytes();
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != entry.getCrc()) {
            throw new ZipException("its manifest was changed");
        }
        return Manifest.ofJson(bytes);
    }

    private void requireWhole() throws IOException {
        Map<String, String> parts = new LinkedHashMap<>();
        manifest.tables().forEach(table -> parts.put(table.entry(), table.sha256()));
        manifest.files().forEach(file -> parts.put(file.entry(), file.sha256()));
        for (Map.Entry<String, String> part : parts.entrySet()) {
            MessageDigest digest = Sha256.newDigest();
            try (InputStream in = new DigestInputStream(stream(part.getKey()), digest)) {
                in.transferTo(OutputStream.nullOutputStream());
            }
            if (!Sha256.hex(digest).equals(part.getValue())) {
                throw new ZipException("the checksum of " + part.getKey() + " does not match");
            }
        }
        for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
            String name = entries.nextElement().getName();
            if (!parts.containsKey(name) && !name.equals(Manifest.NAME)) {
                throw new ZipException(
                        "the manifest does not list the part " + name.replaceAll("[^a-zA-Z0-9._/-]", "?"));
            }
        }
        for (Manifest.File file : manifest.files()) {
            if (!DataFiles.NAMES.contains(file.name())) {
                throw new ZipException("it contains a file that is not part of a backup");
            }
        }
    }

    private InputStream stream(String entry) throws IOException {
        ZipEntry found = zip.getEntry(entry);
        if (found == null) {
            throw new ZipException(entry + " is missing");
        }
        return zip.getInputStream(found);
    }

    private static void close(ZipFile zip) {
        try {
            if (zip != null) {
                zip.close();
            }
        } catch (IOException e) {
            // it was only read from
        }
    }

    @Override
    public void close() {
        close(zip);
    }
}

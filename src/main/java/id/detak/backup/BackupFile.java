package id.detak.backup;

import id.detak.platform.Sha256;
import id.detak.platform.UserException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
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
    private static final int MAX_DATA_FILE = 16 * 1024 * 1024;

    /** Rows of numbers shrink to a tenth; Deflate reaches a thousandth only with zeros. */
    private static final long MAX_RATIO = 500;

    private static final long MIN_COMPRESSED = 4096;

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
            return read(in, MAX_DATA_FILE, file.entry());
        }
    }

    /** What an entry says about its size need not be true. */
    private static byte[] read(InputStream in, int limit, String entry) throws IOException {
        byte[] bytes = in.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new ZipException(entry + " is larger than " + limit + " bytes");
        }
        return bytes;
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Manifest.NAME);
        if (entry == null || entry.getSize() > MAX_MANIFEST) {
            throw new ZipException("it has no manifest");
        }
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = read(in, MAX_MANIFEST, Manifest.NAME);
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
        if (found.getSize() > MAX_RATIO * Math.max(found.getCompressedSize(), MIN_COMPRESSED)) {
            throw new ZipException(entry + " is compressed more than " + MAX_RATIO + " times, as no backup is");
        }
        return new DeclaredSize(zip.getInputStream(found), found);
    }

    /** Ends with an error where an entry inflates to more than it declares. */
    private static final class DeclaredSize extends FilterInputStream {

        private final ZipEntry entry;
        private long left;

        DeclaredSize(InputStream in, ZipEntry entry) {
            super(in);
            this.entry = entry;
            this.left = entry.getSize();
        }

        @Override
        public int read() throws IOException {
            int b = in.read();
            count(b < 0 ? 0 : 1);
            return b;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int n = in.read(bytes, offset, length);
            count(Math.max(0, n));
            return n;
        }

        private void count(int n) throws IOException {
            left -= n;
            if (left < 0) {
                throw new ZipException(entry.getName() + " is larger than it declares");
            }
        }
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

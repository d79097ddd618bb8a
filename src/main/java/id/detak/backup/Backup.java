package id.detak.backup;

import id.detak.database.Database;
import id.detak.platform.DurableFiles;
import id.detak.platform.Sha256;
import id.detak.platform.UserException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes a consistent snapshot of all data to one file, while other processes continue. Memory use is constant. */
public final class Backup {

    private static final int BUFFER = 64 * 1024;

    private final Database database;
    private final DataFiles dataFiles;
    private final boolean keyConfigured;
    private final Clock clock;

    /**
     * @param keyConfigured whether {@code DETAK_SECRET_KEY} is set, which takes precedence over the file in the data
     *     folder
     */
    public Backup(Database database, Path dataFolder, boolean keyConfigured, Clock clock) {
        this.database = database;
        this.dataFiles = new DataFiles(dataFolder);
        this.keyConfigured = keyConfigured;
        this.clock = clock;
    }

    /** @param keyOutside whether the key of encrypted secrets has to be kept elsewhere */
    public record Written(int tables, long rows, boolean keyOutside) {}

    /**
     * Writes the file atomically, readable by its owner only, because it contains secrets. An existing file is
     * replaced.
     *
     * @throws UserException if there is nothing to back up, or the file cannot be written
     */
    public Written write(Path target) {
        return write(target.toString(), connection -> write(connection, target));
    }

    /**
     * Writes the backup to a stream, which stays open.
     *
     * @throws UserException if there is nothing to back up, or the stream cannot be written
     */
    public Written write(OutputStream out) {
        return write("standard output", connection -> write(connection, out));
    }

    private interface Work {
        Manifest run(Connection connection) throws SQLException, IOException;
    }

    private Written write(String target, Work work) {
        try (Connection connection = TextConnections.open(database)) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set transaction isolation level repeatable read, read only");
            }
            Manifest manifest = work.run(connection);
            return new Written(manifest.tables().size(), manifest.rows(), manifest.key() == Manifest.Key.ENVIRONMENT);
        } catch (SQLException e) {
            throw TextConnections.failed(e);
        } catch (IOException e) {
            throw new UserException(target + " cannot be written: " + e.getMessage());
        }
    }

    private Manifest write(Connection connection, Path target) throws SQLException, IOException {
        Path part = Files.createTempFile(
                target.toAbsolutePath().getParent(), target.getFileName().toString(), ".part");
        try {
            Manifest manifest;
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                manifest = write(connection, Channels.newOutputStream(channel));
                channel.force(true);
            }
            DurableFiles.rename(part, target.toAbsolutePath());
            return manifest;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Manifest write(Connection connection, OutputStream out) throws SQLException, IOException {
        DatabaseCatalog catalogue = new DatabaseCatalog(connection);
        String schema = catalogue
                .schema()
                .orElseThrow(() -> new UserException("there is nothing to back up: this database has no Detak data."));
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out, BUFFER));
        zip.setLevel(Deflater.BEST_SPEED);
        Manifest manifest = write(connection, catalogue, schema, zip);
        zip.finish();
        zip.flush();
        return manifest;
    }

    private Manifest write(Connection connection, DatabaseCatalog catalogue, String schema, ZipOutputStream zip)
            throws SQLException, IOException {
        List<Manifest.Table> tables = new ArrayList<>();
        for (DatabaseCatalog.Table table : catalogue.tables()) {
            tables.add(write(connection, table, zip));
        }
        // sequences are not part of the snapshot: read after the rows, they are at or beyond every row
        List<Manifest.Sequence> sequences = sequences(connection, catalogue);
        List<Manifest.File> files = files(zip);
        Manifest.Key key = keyConfigured
                ? Manifest.Key.ENVIRONMENT
                : files.stream().anyMatch(file -> file.name().equals(DataFiles.KEY))
                        ? Manifest.Key.FILE
                        : Manifest.Key.NONE;
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                clock.instant(),
                schema,
                connection.getMetaData().getDatabaseProductVersion(),
                key,
                tables,
                sequences,
                files);
        zip.putNextEntry(new ZipEntry(Manifest.NAME));
        zip.write(manifest.asJson());
        zip.closeEntry();
        return manifest;
    }

    private static Manifest.Table write(Connection connection, DatabaseCatalog.Table table, ZipOutputStream zip)
            throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        MessageDigest digest = Sha256.newDigest();
        zip.putNextEntry(new ZipEntry(new Manifest.Table(table.name(), List.of(), 0, null).entry()));
        // buffered, because COPY delivers a row at a time
        OutputStream rows = new BufferedOutputStream(new DigestOutputStream(zip, digest), BUFFER);
        long count = copy.copyOut(
                String.format(
                        Locale.ROOT,
                        "copy (select %s from %s) to stdout",
                        table.columnList(),
                        DatabaseCatalog.quoted(table.name())),
                rows);
        rows.flush();
        zip.closeEntry();
        return new Manifest.Table(table.name(), table.columns(), count, Sha256.hex(digest));
    }

    private static List<Manifest.Sequence> sequences(Connection connection, DatabaseCatalog catalogue)
            throws SQLException {
        List<Manifest.Sequence> sequences = new ArrayList<>();
        for (DatabaseCatalog.Sequence sequence : catalogue.sequences()) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("select last_value, is_called from " + sequence.name())) {
                row.next();
                sequences.add(
                        new Manifest.Sequence(sequence.table(), sequence.column(), row.getLong(1), row.getBoolean(2)));
            }
        }
        return sequences;
    }

    private List<Manifest.File> files(ZipOutputStream zip) throws IOException {
        List<Manifest.File> files = new ArrayList<>();
        for (String name : DataFiles.NAMES) {
            Optional<byte[]> content = dataFiles.read(name);
            if (content.isPresent()) {
                Manifest.File file = new Manifest.File(name, Sha256.hex(content.get()));
                zip.putNextEntry(new ZipEntry(file.entry()));
                zip.write(content.get());
                zip.closeEntry();
                files.add(file);
            }
        }
        return files;
    }
}

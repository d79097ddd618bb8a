package id.detak.backup;

import id.detak.database.Database;
import id.detak.platform.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Restores a backup into a database that Detak has never used, on any version of PostgreSQL. */
public final class Restore {

    private static final int BUFFER = 64 * 1024;
    private static final Duration CLOSING_PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final SchemaVersions schema;
    private final DataFiles dataFiles;
    private final boolean keyConfigured;

    /** @param keyConfigured whether {@code DETAK_SECRET_KEY} is set */
    public Restore(Database database, Path dataFolder, boolean keyConfigured) {
        this.database = database;
        this.schema = new SchemaVersions(database);
        this.dataFiles = new DataFiles(dataFolder);
        this.keyConfigured = keyConfigured;
    }

    /**
     * @param messagesHeld how many messages were waiting and are not sent automatically
     * @param otherKey whether the encrypted secrets need another {@code DETAK_SECRET_KEY} than this process has
     */
    public record Restored(Instant madeAt, int tables, long rows, int messagesHeld, boolean otherKey) {}

    /**
     * Restores the rows in one transaction, so that a failure leaves the database empty.
     *
     * @param sendWaiting whether waiting messages are sent: if the server was stopped before the backup
     * @throws NotRestorableException if the backup or the database does not allow it
     */
    public Restored from(BackupFile file, boolean sendWaiting) {
        try {
            Manifest manifest = file.manifest();
            String newest = schema.newest();
            if (SchemaVersions.isNewer(manifest.schema(), newest)) {
                throw new NotRestorableException("nothing was restored: the backup has version " + manifest.schema()
                        + " of the schema, and this Detak knows versions up to " + newest
                        + ". Restore it with the Detak that made it, or a newer one.");
            }
            int held;
            try (Connection connection = TextConnections.open(database)) {
                requireFree(connection);
                requireRoom(new DatabaseCatalog(connection), manifest);
                requireNoOtherFiles(file);
                schema.migrate(manifest.schema());
                held = fill(connection, file, sendWaiting);
            }
            schema.migrate(newest);
            return new Restored(
                    manifest.createdAt(), manifest.tables().size(), manifest.rows(), held, otherKey(manifest));
        } catch (SQLException e) {
            throw TextConnections.failed(e);
        } catch (IOException e) {
            throw new UserException("the backup cannot be read: " + e.getMessage());
        }
    }

    private boolean otherKey(Manifest manifest) {
        return switch (manifest.key()) {
            case ENVIRONMENT -> !keyConfigured;
            case FILE -> keyConfigured;
            case NONE -> false;
        };
    }

    /** An embedded database has one owner; for an external one, other connections are counted. */
    private void requireFree(Connection connection) throws SQLException {
        boolean free = database.embedded() == null ? isAlone(connection) : database.isOwned();
        if (!free) {
            throw new UserException(
                    "nothing was restored: a Detak, or another program, is connected to this database. Stop it first.");
        }
    }

    /** Connections that were just closed may still be counted. */
    private static boolean isAlone(Connection connection) throws SQLException {
        long end = System.nanoTime() + CLOSING_PATIENCE.toNanos();
        while (new DatabaseCatalog(connection).otherSessions() > 0) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(CLOSING_PATIENCE.toNanos() / 20);
        }
        return true;
    }

    /** Each start of Detak writes a setting first. */
    private static void requireRoom(DatabaseCatalog catalogue, Manifest manifest) throws SQLException {
        boolean ours = catalogue.schema().isPresent();
        if (ours && catalogue.count("setting") > 0) {
            throw new NotRestorableException(
                    "nothing was restored: this database is not empty. Give DETAK_DATA a new folder, or "
                            + "DETAK_DB_URL an empty database.");
        }
        if (ours
                ? SchemaVersions.isNewer(catalogue.schema().get(), manifest.schema())
                : !catalogue.tables().isEmpty()) {
            throw new NotRestorableException(
                    "nothing was restored: this database holds other tables than the backup's. Give DETAK_DATA "
                            + "a new folder, or DETAK_DB_URL an empty database.");
        }
    }

    private void requireNoOtherFiles(BackupFile file) throws IOException {
        for (Manifest.File part : file.manifest().files()) {
            if (dataFiles.differs(part.name(), file.content(part))) {
                throw new NotRestorableException(
                        "nothing was restored: the data folder " + dataFiles.folder() + " has another " + part.name()
                                + " than the backup. Move it away, or choose another folder (DETAK_DATA).");
            }
        }
    }

    private int fill(Connection connection, BackupFile file, boolean sendWaiting) throws SQLException, IOException {
        connection.setAutoCommit(false);
        List<String> made = new ArrayList<>();
        boolean committed = false;
        try {
            Manifest manifest = file.manifest();
            Map<String, DatabaseCatalog.Table> tables = lock(connection, manifest);
            List<DatabaseCatalog.ForeignKey> keys = new DatabaseCatalog(connection).foreignKeys();
            // validated against whole tables at the end, which needs no memory per row and allows any order of tables
            for (DatabaseCatalog.ForeignKey key : keys) {
                execute(
                        connection,
                        String.format(Locale.ROOT, "alter table %s drop constraint %s", key.table(), key.name()));
            }
            for (DatabaseCatalog.Table table : tables.values()) {
                // the backup contains the rows that migrations insert
                execute(connection, "delete from " + DatabaseCatalog.quoted(table.name()));
            }
            for (Manifest.Table table : manifest.tables()) {
                copy(connection, file, table, tables.get(table.name()));
            }
            for (DatabaseCatalog.ForeignKey key : keys) {
                execute(
                        connection,
                        String.format(
                                Locale.ROOT,
                                "alter table %s add constraint %s %s",
                                key.table(),
                                key.name(),
                                key.definition()));
            }
            for (Manifest.Sequence sequence : manifest.sequences()) {
                proceed(connection, sequence);
            }
            PostRestore aftermath = new PostRestore(connection);
            aftermath.endLeases();
            int held = sendWaiting ? 0 : aftermath.holdMessages(manifest.createdAt());
            for (Manifest.File part : manifest.files()) {
                if (dataFiles.read(part.name()).isEmpty()) {
                    dataFiles.write(part.name(), file.content(part));
                    made.add(part.name());
                }
            }
            connection.commit();
            committed = true;
            return held;
        } finally {
            if (!committed) {
                made.forEach(dataFiles::delete);
                connection.rollback();
            }
        }
    }

    /** Processes that start meanwhile must not see, change or migrate anything before the end. */
    private static Map<String, DatabaseCatalog.Table> lock(Connection connection, Manifest manifest)
            throws SQLException {
        DatabaseCatalog catalogue = new DatabaseCatalog(connection);
        String names = catalogue.tables().stream()
                .map(table -> DatabaseCatalog.quoted(table.name()))
                .collect(Collectors.joining(", "));
        execute(connection, "set local lock_timeout = '30s'");
        execute(connection, "lock table " + names + ", flyway_schema_history in access exclusive mode");
        Map<String, DatabaseCatalog.Table> tables =
                catalogue.tables().stream().collect(Collectors.toMap(DatabaseCatalog.Table::name, Function.identity()));
        boolean asMigrated =
                catalogue.schema().filter(manifest.schema()::equals).isPresent() && catalogue.count("setting") == 0;
        if (!asMigrated) {
            throw new UserException(
                    "nothing was restored: a Detak has started on this database. Stop it, and restore into an "
                            + "empty one.");
        }
        for (Manifest.Table table : manifest.tables()) {
            if (!tables.containsKey(table.name())
                    || !tables.get(table.name()).columns().containsAll(table.columns())) {
                throw new NotRestorableException("nothing was restored: the backup's table " + table.name()
                        + " does not fit version " + manifest.schema() + " of the schema.");
            }
        }
        return tables;
    }

    private static void copy(Connection connection, BackupFile file, Manifest.Table table, DatabaseCatalog.Table target)
            throws SQLException, IOException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        String columns = new DatabaseCatalog.Table(target.name(), table.columns()).columnList();
        try (InputStream rows = file.rows(table)) {
            long count = copy.copyIn(
                    String.format(
                            Locale.ROOT, "copy %s (%s) from stdin", DatabaseCatalog.quoted(target.name()), columns),
                    rows,
                    BUFFER);
            if (count != table.rows()) {
                throw new NotRestorableException("nothing was restored: the backup's table " + table.name() + " has "
                        + count + " rows in place of " + table.rows() + ".");
            }
        }
    }

    private static void proceed(Connection connection, Manifest.Sequence sequence) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select setval(pg_get_serial_sequence(quote_ident(?), ?), ?, ?)")) {
            statement.setString(1, sequence.table());
            statement.setString(2, sequence.column());
            statement.setLong(3, sequence.last());
            statement.setBoolean(4, sequence.given());
            statement.execute();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

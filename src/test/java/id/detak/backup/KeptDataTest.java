package id.detak.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.embedded.SharedBinaries;
import id.detak.platform.DataFolder;
import id.detak.platform.security.Vault;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.InstalledPostgres;
import id.detak.testsupport.ReleasedSchema;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data of each released version survives an upgrade, and a backup and its restore into a PostgreSQL of another
 * major version: the installed one, or, without one, another database of the same version.
 */
@BesideTheApplication
class KeptDataTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String KEY = "a-made-up-key-of-a-fixture";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres embedded;
    private static Optional<InstalledPostgres> installed;

    @BeforeAll
    static void start() throws IOException {
        CompletableFuture<Optional<InstalledPostgres>> starting =
                CompletableFuture.supplyAsync(() -> InstalledPostgres.programs().map(KeptDataTest::startInstalled));
        Path data = Files.createDirectories(folder.resolve("data"));
        SharedBinaries.link(data);
        embedded = EmbeddedPostgres.open(data, Role.COMMAND);
        installed = starting.join();
    }

    private static InstalledPostgres startInstalled(Path programs) {
        try {
            return InstalledPostgres.start(programs, folder.resolve("installed"));
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (installed.isPresent()) {
            installed.get().close();
        }
        embedded.close();
    }

    private static Database made(String name) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(embedded.jdbcUrl(), embedded.username(), embedded.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(
                embedded.jdbcUrl().replaceFirst("/detak", "/" + name), embedded.username(), embedded.password(), null);
    }

    private static Database madeElsewhere(String name) throws SQLException {
        if (installed.isEmpty()) {
            return made(name);
        }
        installed.get().create(name);
        return installed.get().database(name);
    }

    private static Path folderOf(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    /** The rows of each table as text, with the named columns or all. */
    private static Map<String, List<String>> rows(Database database, List<DatabaseCatalog.Table> tables)
            throws SQLException {
        Map<String, List<String>> all = new LinkedHashMap<>();
        try (Connection connection = TextConnections.open(database);
                Statement statement = connection.createStatement()) {
            for (DatabaseCatalog.Table table : tables == null ? new DatabaseCatalog(connection).tables() : tables) {
                List<String> found = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(
                        "select cast(row(" + table.columnList() + ") as text) from " + table.name() + " order by 1")) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
                all.put(table.name(), found);
            }
        }
        return all;
    }

    private static List<DatabaseCatalog.Table> tables(Database database) throws SQLException {
        try (Connection connection = TextConnections.open(database)) {
            return new DatabaseCatalog(connection).tables();
        }
    }

    private static String ask(Database database, String sql) throws SQLException {
        try (Connection connection = TextConnections.open(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = TextConnections.open(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Backup.Written backup(Database database, Path data, Path file) {
        return new Backup(database, data, false, Clock.fixed(NOW, ZoneOffset.UTC)).write(file);
    }

    private static Restore.Restored restore(Database database, Path data, Path file) {
        try (BackupFile backup = BackupFile.open(file)) {
            return new Restore(database, data, false).from(backup, false);
        }
    }

    @Test
    void dataOfEachReleaseSurvivesTheUpgrade() throws Exception {
        List<String> versions = ReleasedSchema.all(made("versions"));
        List<String> earlier = versions.subList(0, versions.size() - 1);
        assertThat(earlier)
                .as("each migration needs rows of the schema before it, in src/test/resources/released")
                .allMatch(ReleasedSchema::hasRows);
        for (String version : versions.stream().filter(ReleasedSchema::hasRows).toList()) {
            Database database = made("upgrade" + version.replace('.', '_'));
            ReleasedSchema.write(database, version);
            List<DatabaseCatalog.Table> tables = tables(database);
            Map<String, List<String>> before = rows(database, tables);
            assertThat(before).as("rows of version " + version).allSatisfy((table, rows) -> assertThat(rows)
                    .isNotEmpty());
            ReleasedSchema.upgrade(database);
            // since version 4, the stored admin token states its format
            before.computeIfPresent("setting", (table, rows) -> rows.stream()
                    .map(row -> row.replace("(admin-token-sha256,", "(admin-token,sha256:"))
                    .sorted()
                    .toList());
            Map<String, List<String>> after = rows(database, tables);
            // since version 9, there are bars of more intervals
            for (Map<String, List<String>> each : List.of(before, after)) {
                each.computeIfPresent("bar", (table, rows) -> rows.stream()
                        .filter(row -> !row.matches("[^,]+,[^,]+,(2h|4h|12h|1q|1y),.*"))
                        .toList());
            }
            assertThat(after).as("after the upgrade from version " + version).isEqualTo(before);
        }
    }

    @Test
    void backupIsRestoredInAnotherMajorVersion() throws Exception {
        Database from = made("whole");
        ReleasedSchema.write(from, "3");
        ReleasedSchema.upgrade(from);
        execute(from, "update source set lease_until = now() + interval '1 hour', lease_version = 7");
        execute(from, "select nextval('notification_seq_seq')");
        Path data = folderOf("whole-data");
        Files.writeString(data.resolve("secret-key"), KEY + "\n");
        Files.writeString(data.resolve("idx-holidays.csv"), "date,name\n2027-01-01,Tahun Baru\n");
        Path file = folder.resolve("whole.zip");
        Files.writeString(file, "an older one");

        Backup.Written written = backup(from, data, file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Database into = madeElsewhere("restored");
        Path restoredData = folder.resolve("restored-data");
        Restore.Restored restored = restore(into, restoredData, file);
        assertThat(restored).isEqualTo(new Restore.Restored(NOW, written.tables(), written.rows(), 2, false));

        // causes by hand what makes a restore fail
        execute(from, "update source set lease_until = null, lease_version = 8");
        execute(from, "update lane set lease_version = lease_version + 1 where lease_until is not null");
        execute(from, "update lane set lease_until = null");
        execute(
                from,
                "update notification set state = 'failed', reason = 'It waited when the backup of 2026-11-25T12:00:00Z was made, and may have been delivered since.' where state = 'waiting'");
        assertThat(rows(into, null)).isEqualTo(rows(from, null)).hasSize(written.tables());
        assertThat(ask(into, "select nextval('notification_seq_seq')")).isEqualTo("6");
        assertThat(ask(into, "select count(*) from pg_constraint where contype = 'f'"))
                .isEqualTo(ask(from, "select count(*) from pg_constraint where contype = 'f'"))
                .isNotEqualTo("0");
        assertThat(restoredData.resolve("idx-holidays.csv")).hasSameTextualContentAs(data.resolve("idx-holidays.csv"));
        assertThat(opened(into, restoredData)).contains("\"url\":\"http://127.0.0.1:8124/good\"", "a made-up secret");
    }

    /** The settings of a channel that the fixture encrypted. */
    private static String opened(Database database, Path data) throws SQLException {
        try (Connection connection = TextConnections.open(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, sealed from channel where name = 'good'")) {
            row.next();
            return new String(
                    new Vault(Optional.empty(), new DataFolder(data)).open(row.getBytes(2), row.getString(1)),
                    StandardCharsets.UTF_8);
        }
    }

    @Test
    void backupOfFirstReleaseIsMigratedAfterRestore() throws Exception {
        Database from = made("first");
        ReleasedSchema.write(from, "1");
        Path file = folder.resolve("first.zip");
        backup(from, folderOf("no-data"), file);
        Database into = madeElsewhere("first");
        restore(into, folder.resolve("first-data"), file);
        ReleasedSchema.upgrade(from);
        assertThat(rows(into, null)).isEqualTo(rows(from, null));
        assertThat(ask(into, "select count(*) from observation")).isEqualTo("17");
    }

    @Test
    void unusableBackupIsRefusedWithoutChanges() throws Exception {
        Database from = made("source");
        ReleasedSchema.write(from, "3");
        Path data = folderOf("source-data");
        Files.writeString(data.resolve("secret-key"), KEY + "\n");
        Path good = folder.resolve("good.zip");
        backup(from, data, good);
        Database empty = made("stays_empty");
        Path untouched = folder.resolve("untouched");

        byte[] bytes = Files.readAllBytes(good);
        for (int length : new int[] {0, 10, bytes.length / 2, bytes.length - 1}) {
            refused(
                    empty,
                    untouched,
                    Files.write(folder.resolve("cut.zip"), Arrays.copyOf(bytes, length)),
                    "damaged or cut off");
        }
        int rows = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("tables/bar.copy") + 20;
        for (int at = rows; at < rows + 1000; at += 100) {
            byte[] damaged = bytes.clone();
            damaged[at] ^= 0x10;
            refused(empty, untouched, Files.write(folder.resolve("damaged.zip"), damaged), "damaged or cut off");
        }
        refused(empty, untouched, changed(good, "\"schema\" : \"3\"", "\"schema\" : \"4711\""), "knows versions up to");
        refused(empty, untouched, changed(good, "\"format\" : 1", "\"format\" : 2"), "newer version of Detak");
        refused(empty, untouched, changed(good, "\"rows\" : 20", "\"rows\" : 21"), "has 20 rows in place of 21");

        Files.createDirectories(untouched);
        Files.writeString(untouched.resolve("secret-key"), "another key, of another database\n");
        refused(empty, untouched, good, "another secret-key");
        Files.delete(untouched.resolve("secret-key"));

        try (Connection somebody = TextConnections.open(empty)) {
            assertThat(somebody.isValid(1)).isTrue();
            assertThatThrownBy(() -> restore(empty, untouched, good))
                    .hasMessageContaining("is connected to this database");
        }
        assertThat(tables(empty).stream().map(DatabaseCatalog.Table::name))
                .allSatisfy(table ->
                        assertThat(ask(empty, "select count(*) from " + table)).isEqualTo("0"));

        Map<String, List<String>> before = rows(from, null);
        refused(from, untouched, good, "not empty");
        assertThat(rows(from, null)).isEqualTo(before);
        assertThat(untouched).isEmptyDirectory();

        try (Connection monitor = DriverManager.getConnection(empty.url(), empty.username(), empty.password())) {
            assertThat(monitor.isValid(1)).isTrue();
            restore(empty, untouched, good);
        }
        assertThat(ask(empty, "select count(*) from observation")).isEqualTo("46");
    }

    @Test
    void backupToAStreamIsRestored() throws Exception {
        Database from = made("streamed");
        ReleasedSchema.write(from, "3");
        Path file = folder.resolve("streamed.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            new Backup(from, folderOf("streamed-data"), false, Clock.fixed(NOW, ZoneOffset.UTC)).write(out);
        }
        Database into = made("from_stream");
        restore(into, folder.resolve("from-stream"), file);
        assertThat(ask(into, "select count(*) from observation")).isEqualTo("46");
    }

    private static void refused(Database database, Path data, Path file, String words) {
        assertThatThrownBy(() -> restore(database, data, file))
                .isInstanceOf(NotRestorableException.class)
                .hasMessageContaining(words);
    }

    /** A copy with a changed manifest. */
    private static Path changed(Path file, String from, String to) throws IOException {
        Path changed = folder.resolve("changed.zip");
        try (ZipFile in = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : in.stream().toList()) {
                byte[] content = in.getInputStream(entry).readAllBytes();
                if (entry.getName().equals(Manifest.NAME)) {
                    String manifest = new String(content, StandardCharsets.UTF_8);
                    assertThat(manifest).contains(from);
                    content = manifest.replace(from, to).getBytes(StandardCharsets.UTF_8);
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content);
            }
        }
        return changed;
    }
}

package id.detak.testsupport;

import id.detak.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;

/**
 * Databases in the state that earlier versions of the schema left. Their rows are in {@code released/V<version>.sql}. A
 * file that begins with {@code -- as V<version>} adds to the rows of that version.
 */
public final class ReleasedSchema {

    private static final Pattern AS = Pattern.compile("\\A-- as V(\\S+)");
    /** The rows of an earlier version, migrated. */
    private static final Pattern FROM = Pattern.compile("\\A-- from V(\\d+)");

    private ReleasedSchema() {}

    /** All versions, oldest first. */
    public static List<String> all(Database database) {
        return Arrays.stream(flyway(database, "latest").info().all())
                .map(MigrationInfo::getVersion)
                .map(Object::toString)
                .toList();
    }

    public static boolean hasRows(String version) {
        return ReleasedSchema.class.getResource(file(version)) != null;
    }

    /** Creates the schema of that version in an empty database and inserts its rows. */
    public static void write(Database database, String version) throws SQLException {
        Matcher from = FROM.matcher(text(version));
        if (from.find()) {
            write(database, from.group(1));
        }
        flyway(database, version).migrate();
        try (Connection connection =
                DriverManager.getConnection(database.url(), database.username(), database.password())) {
            rows(connection, version);
        }
    }

    /** Migrates to the newest version. */
    public static void upgrade(Database database) {
        flyway(database, "latest").migrate();
    }

    private static void rows(Connection connection, String version) throws SQLException {
        String sql = text(version);
        Matcher as = AS.matcher(sql);
        if (as.find()) {
            rows(connection, as.group(1));
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    private static String text(String version) {
        try (InputStream in = ReleasedSchema.class.getResourceAsStream(file(version))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String file(String version) {
        return "/released/V" + version + ".sql";
    }

    private static Flyway flyway(Database database, String target) {
        return Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .target(target)
                .load();
    }
}

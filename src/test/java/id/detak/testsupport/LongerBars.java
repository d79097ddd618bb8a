package id.detak.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The bars that a migration calculated from those of hours and days. */
public final class LongerBars {

    private static final String MIGRATION = "/db/migration/V9__intervals.sql";

    private LongerBars() {}

    /** Deletes them and lets the migration calculate them again. */
    public static void migrateAgain(DataSource dataSource) {
        try (InputStream in = LongerBars.class.getResourceAsStream(MIGRATION);
                Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from bar where interval in ('2h', '4h', '12h', '1q', '1y')");
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException | SQLException e) {
            throw new AssertionError(e);
        }
    }
}

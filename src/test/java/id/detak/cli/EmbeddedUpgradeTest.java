package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.cli.EmbeddedUpgrade.Upgraded;
import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.embedded.PreviousPostgres;
import id.detak.platform.UserException;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ReleasedSchema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The upgrade of an embedded database between two major versions of PostgreSQL. */
@BesideTheApplication
@EnabledIf("id.detak.embedded.PreviousPostgres#isAvailable")
class EmbeddedUpgradeTest {

    @TempDir
    Path folder;

    private static Database database(EmbeddedPostgres postgres) {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password(), postgres);
    }

    private static String ask(EmbeddedPostgres postgres, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private EmbeddedUpgrade upgrade(Path data) {
        return new EmbeddedUpgrade(data, false, Clock.systemUTC());
    }

    @Test
    void dataOfThePreviousMajorVersionIsMoved() throws Exception {
        Path data = folder.resolve("data");
        try (EmbeddedPostgres old = PreviousPostgres.open(data)) {
            assertThat(ask(old, "show server_version")).startsWith("17");
            ReleasedSchema.write(database(old), "3");
            Files.writeString(data.resolve("upgrade.zip"), "mine");
            assertThatThrownBy(() -> upgrade(data).run())
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("stop it before the upgrade");
        }
        assertThatThrownBy(() -> EmbeddedPostgres.open(data, Role.COMMAND)).hasMessageContaining("'upgrade'");

        Upgraded upgraded = upgrade(data).run().orElseThrow();

        assertThat(upgraded.from()).isEqualTo(17);
        assertThat(upgraded.former()).isEqualTo(data.toRealPath().resolve("postgres-17"));
        assertThat(data.resolve("postgres-17/PG_VERSION")).hasContent("17");
        assertThat(data.resolve("upgrade.zip")).hasContent("mine");
        assertThat(data.resolve("upgrade")).doesNotExist();
        try (EmbeddedPostgres now = EmbeddedPostgres.open(data, Role.COMMAND)) {
            assertThat(ask(now, "show server_version")).startsWith("18");
            assertThat(ask(now, "select count(*) from observation")).isEqualTo("46");
        }
        assertThat(upgrade(data).run()).as("nothing left to do").isEmpty();

        // as if the process had ended between the two last renames
        Files.move(data.resolve("postgres"), data.resolve("postgres.upgraded"));
        try (EmbeddedPostgres now = EmbeddedPostgres.open(data, Role.COMMAND)) {
            assertThat(ask(now, "select count(*) from observation")).isEqualTo("46");
        }
    }

    @Test
    void failedUpgradesLeaveTheOldDatabaseInPlace() throws Exception {
        Path data = folder.resolve("data");
        try (EmbeddedPostgres old = PreviousPostgres.open(data)) {
            ReleasedSchema.write(database(old), "3");
        }
        // what the upgrade needs for the last step
        Files.createDirectory(data.resolve("postgres-17"));

        assertThatThrownBy(() -> upgrade(data).run()).hasMessageContaining("exists already");

        assertThat(data.resolve("upgrade")).doesNotExist();
        try (EmbeddedPostgres old = PreviousPostgres.open(data)) {
            assertThat(ask(old, "select count(*) from observation")).isEqualTo("46");
        }
    }
}

package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.BadSettingException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SchemaUpgradeTest {

    @Inject
    Flyway flyway;

    @Inject
    DataSource pool;

    private void execute(String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void assertRefused(String tamper, String repair, String reason) throws SQLException {
        execute(tamper);
        try {
            assertThatThrownBy(new SchemaUpgrade(flyway)::run)
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining(reason);
        } finally {
            execute(repair);
        }
    }

    @Test
    void foreignSchemasAreRefusedInOneSentence() throws SQLException {
        assertRefused(
                "update flyway_schema_history set checksum = checksum + 1 where version = '2'",
                "update flyway_schema_history set checksum = checksum - 1 where version = '2'",
                "Migration checksum mismatch for migration version 2");
        assertRefused(
                """
                insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                values (999, '999', 'to come', 'SQL', 'V999__to_come.sql', 1, 'x', 1, true)""",
                "delete from flyway_schema_history where version = '999'",
                "schema of a newer version of Detak (version 999)");
        new SchemaUpgrade(flyway).run();
    }

    @Test
    void migrationsHaveNoTimeLimits() throws SQLException {
        try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet limits = statement.executeQuery(
                        "select current_setting('idle_in_transaction_session_timeout'), current_setting('statement_timeout')")) {
            assertThat(connection.getNetworkTimeout()).isZero();
            limits.next();
            assertThat(limits.getString(1) + limits.getString(2)).isEqualTo("00");
        }
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getNetworkTimeout()).as("who writes").isGreaterThan((int)
                    Duration.ofMinutes(10).toMillis());
        }
    }
}

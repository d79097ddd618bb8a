package id.detak.testsupport;

import id.detak.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * The time at which the tests that share the application start: {@code -Ddetak.as-of=2026-12-31T23:59:30+07:00}. The
 * POM names an ordinary Wednesday, so that a run does not depend on its date; {@code .ci/dates} runs the tests at other
 * moments. From that moment on, time passes as usual.
 */
public final class VirtualTime {

    /** The application's setting that moves its clock. */
    public static final String CLOCK_SKEW = "detak.clock-skew";

    private VirtualTime() {}

    /** How far the clocks of the application and its database are from this machine's. */
    static Duration shift() {
        String asOf = System.getProperty("detak.as-of", "");
        return asOf.isEmpty() ? Duration.ZERO : Duration.between(Instant.now(), OffsetDateTime.parse(asOf));
    }

    /**
     * Moves a database's clock: unqualified calls find these functions before those of {@code pg_catalog}, which the
     * search path names last for that purpose. Column defaults of later migrations call them, too.
     */
    static void move(EmbeddedPostgres postgres, Duration shift) {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement()) {
            // a separate schema: Flyway refuses a "public" that is not empty
            statement.execute("create schema virtual_time");
            for (String[] function : new String[][] {{"now", "stable"}, {"clock_timestamp", "volatile"}}) {
                statement.execute("""
                        create function virtual_time.%1$s() returns timestamptz language sql %2$s parallel safe
                        as $$ select pg_catalog.%1$s() + interval '%3$d microseconds' $$
                        """.formatted(function[0], function[1], shift.toNanos() / 1000));
            }
            statement.execute(
                    "do $$ begin execute format('alter database %I set search_path = public, virtual_time, pg_catalog', current_database()); end $$");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

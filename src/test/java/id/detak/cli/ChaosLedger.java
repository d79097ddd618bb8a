package id.detak.cli;

import id.detak.testsupport.OscillatingMarket;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The contents of the database at the end, read directly, and the expected contents.
 *
 * @param pages in the order in which they were committed
 * @param failed number of attempts without a page, by outcome
 * @param timedOut how many of them timed out
 */
record ChaosLedger(List<Stored> pages, List<Told> alerts, Map<String, Integer> failed, int timedOut, int conflicts) {

    record Stored(UUID capture, Instant observedAt, Instant committedAt, Map<String, BigDecimal> values) {

        int page() {
            return OscillatingMarket.pageOf(values.get(OscillatingMarket.NUMBERED));
        }
    }

    /** An alert, identified by the times of the pages on which it fired and resolved. */
    record Told(String rule, Instant firedAt, Instant resolvedAt) {}

    /** The server must record commit times: {@code track_commit_timestamp}. */
    static ChaosLedger read(Connection connection) throws SQLException {
        return new ChaosLedger(
                pages(connection),
                alerts(connection),
                failed(connection),
                count(connection, "capture where reason like '%did not send the whole response within%'"),
                count(connection, "observation_conflict"));
    }

    private static List<Stored> pages(Connection connection) throws SQLException {
        Map<UUID, Stored> pages = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                select c.id, c.observed_at, pg_xact_commit_timestamp(c.xmin) as committed_at, i.code, o.value
                from capture c left join observation o on o.capture_id = c.id and o.quality <> 'implied' left join indicator i on i.id = o.indicator_id
                where c.outcome in ('ok', 'unchanged') order by committed_at, c.id
                """)) {
            while (row.next()) {
                Stored page = pages.computeIfAbsent(row.getObject(1, UUID.class), id -> stored(id, row));
                page.values().put(row.getString(4), row.getBigDecimal(5));
            }
        }
        return List.copyOf(pages.values());
    }

    private static Stored stored(UUID id, ResultSet row) {
        try {
            return new Stored(
                    id, row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant(), new HashMap<>());
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Told> alerts(Connection connection) throws SQLException {
        List<Told> alerts = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select definition::json ->> 'name', fired_at, resolved_at from alert")) {
            while (row.next()) {
                alerts.add(new Told(
                        row.getString(1),
                        row.getTimestamp(2).toInstant(),
                        row.getTimestamp(3) == null ? null : row.getTimestamp(3).toInstant()));
            }
        }
        return alerts;
    }

    private static Map<String, Integer> failed(Connection connection) throws SQLException {
        Map<String, Integer> failed = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select outcome, count(*) from capture where outcome not in ('ok', 'unchanged') group by outcome")) {
            while (row.next()) {
                failed.put(row.getString(1), row.getInt(2));
            }
        }
        return failed;
    }

    private static int count(Connection connection, String rows) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Pages that were committed after newer ones. */
    List<Stored> late() {
        List<Stored> late = new ArrayList<>();
        Instant newest = Instant.MIN;
        for (Stored page : pages) {
            if (page.observedAt().isBefore(newest)) {
                late.add(page);
            } else {
                newest = page.observedAt();
            }
        }
        return late;
    }

    /**
     * The alerts that a rule below a level must create: one for each fall, however many pages it lasts. A late page
     * creates one for a fall that was unknown, unless a newer page has already created another.
     */
    List<Told> expected(String rule, int level) {
        List<Told> expected = new ArrayList<>();
        Stored newest = null;
        Instant fired = null;
        Instant resolved = Instant.MIN;
        for (Stored page : pages) {
            boolean low = page.values().get(OscillatingMarket.SWINGING).compareTo(BigDecimal.valueOf(level)) < 0;
            boolean late = newest != null && page.observedAt().isBefore(newest.observedAt());
            if (late) {
                if (low && fired == null && !page.observedAt().isBefore(resolved)) {
                    resolved = newest.observedAt();
                    expected.add(new Told(rule, page.observedAt(), resolved));
                }
                continue;
            }
            newest = page;
            if (low && fired == null) {
                fired = page.observedAt();
            } else if (!low && fired != null) {
                resolved = page.observedAt();
                expected.add(new Told(rule, fired, resolved));
                fired = null;
            }
        }
        if (fired != null) {
            expected.add(new Told(rule, fired, null));
        }
        return expected;
    }
}

package id.detak.backup;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tables of a database, from its catalog. Names are quoted if necessary. */
final class DatabaseCatalog {

    /**
     * Migrating creates the history of migrations. Sessions are left out, because a session that was closed after the
     * backup would be valid again.
     */
    private static final Set<String> LEFT_OUT = Set.of("flyway_schema_history", "session");

    private final Connection connection;

    DatabaseCatalog(Connection connection) {
        this.connection = connection;
    }

    record Table(String name, List<String> columns) {

        /** The columns as SQL, for COPY or INSERT. */
        String columnList() {
            return String.join(
                    ", ", columns.stream().map(DatabaseCatalog::quoted).toList());
        }

        boolean has(String column) {
            return columns.contains(column);
        }
    }

    record Sequence(String name, String table, String column) {}

    record ForeignKey(String table, String name, String definition) {}

    /** The tables that a backup contains, each with its writable columns. */
    List<Table> tables() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                select c.relname, array_agg(cast(a.attname as text) order by a.attnum)
                from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                where c.relnamespace = cast(current_schema() as regnamespace) and c.relkind in ('r', 'p') and not c.relispartition
                group by c.relname order by c.relname
                """)) {
            List<Table> tables = new ArrayList<>();
            while (rows.next()) {
                if (!LEFT_OUT.contains(rows.getString(1))) {
                    tables.add(new Table(rows.getString(1), strings(rows.getArray(2))));
                }
            }
            return tables;
        }
    }

    List<Sequence> sequences() throws SQLException {
        List<Sequence> sequences = new ArrayList<>();
        for (Table table : tables()) {
            for (String column : table.columns()) {
                sequenceOf(table.name(), column)
                        .ifPresent(name -> sequences.add(new Sequence(name, table.name(), column)));
            }
        }
        return sequences;
    }

    Optional<String> sequenceOf(String table, String column) throws SQLException {
        return text("select pg_get_serial_sequence(quote_ident(?), ?)", table, column);
    }

    List<ForeignKey> foreignKeys() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                select cast(conrelid as regclass), quote_ident(conname), pg_get_constraintdef(oid)
                from pg_constraint where contype = 'f' and connamespace = cast(current_schema() as regnamespace) and conparentid = 0
                order by 1, 2
                """)) {
            List<ForeignKey> keys = new ArrayList<>();
            while (rows.next()) {
                keys.add(new ForeignKey(rows.getString(1), rows.getString(2), rows.getString(3)));
            }
            return keys;
        }
    }

    /** The version of the schema; empty if Detak has not created one. */
    Optional<String> schema() throws SQLException {
        return exists("flyway_schema_history")
                ? text(
                        "select version from flyway_schema_history where success and version is not null order by installed_rank desc limit 1")
                : Optional.empty();
    }

    boolean exists(String table) throws SQLException {
        return text("select to_regclass(quote_ident(?))", table).isPresent();
    }

    long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + quoted(table))) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /**
     * Other connections of Detak, and those that use its tables. Idle ones of other programs, such as a monitor or a
     * connection pooler, and PostgreSQL's own sessions do no harm.
     */
    long otherSessions() throws SQLException {
        return text("""
                select count(*) from pg_stat_activity a
                where datname = current_database() and pid <> pg_backend_pid()
                  and (application_name like 'detak%'
                       or exists (select from pg_locks l join pg_class c on c.oid = l.relation
                                  where l.pid = a.pid and l.database = a.datid and c.relnamespace = cast(current_schema() as regnamespace)
                                    and a.backend_type = 'client backend'))
                """).map(Long::parseLong).orElseThrow();
    }

    private Optional<String> text(String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        }
    }

    private static List<String> strings(Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

package id.detak.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * The content of a backup, so that a damaged or truncated one is detected before anything is changed.
 *
 * @param format the version of the layout
 * @param schema the version of the schema of the rows
 * @param postgres the version of PostgreSQL, for information
 * @param key where the key of encrypted secrets was
 */
record Manifest(
        int format,
        Instant createdAt,
        String schema,
        String postgres,
        Key key,
        List<Table> tables,
        List<Sequence> sequences,
        List<File> files) {

    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    /** Where the key of the secrets in the database was. */
    enum Key {
        /** In {@code DETAK_SECRET_KEY}: it is not part of the backup. */
        ENVIRONMENT,
        /** In the data folder: it is part of the backup. */
        FILE,
        /** No secret was ever encrypted. */
        NONE
    }

    record Table(String name, List<String> columns, long rows, String sha256) {

        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /** The sequence of a column: its last value, or its first if none was used. */
    record Sequence(String table, String column, long last, boolean given) {}

    record File(String name, String sha256) {

        String entry() {
            return "data/" + name;
        }
    }

    long rows() {
        return tables.stream().mapToLong(Table::rows).sum();
    }

    byte[] asJson() throws IOException {
        return JSON.writeValueAsBytes(this);
    }

    /** @throws NotRestorableException if a newer version of Detak created it */
    static Manifest ofJson(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (json.path("format").asInt() > FORMAT) {
            throw new NotRestorableException(
                    "it was created by a newer version of Detak: restore it with that version.");
        }
        return JSON.treeToValue(json, Manifest.class);
    }
}

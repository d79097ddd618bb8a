package id.detak.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What a backup holds, so that one that is damaged or cut off is known before anything is changed.
 *
 * @param format how a backup is laid out; counted up when that changes
 * @param schema the version of the schema that the rows are of
 * @param postgres the version of PostgreSQL that they came from; for people
 * @param key where the key of sealed secrets was
 */
record Manifest(int format, Instant createdAt, String schema, String postgres, Key key, List<Table> tables, List<Sequence> sequences, List<File> files) {

    static final String NAME = "manifest.json";
    static final int FORMAT = 1;

    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).enable(SerializationFeature.INDENT_OUTPUT);

    /** Where the key lay that opens what is sealed in the database. */
    enum Key {
        /** In {@code DETAK_SECRET_KEY}: it is not part of the backup. */
        ENVIRONMENT,
        /** In the data folder: it is part of the backup. */
        FILE,
        /** Nothing was ever sealed. */
        NONE
    }

    record Table(String name, List<String> columns, long rows, String sha256) {


        String entry() {
            return "tables/" + name + ".copy";
        }
    }

    /** The number that a column counts by: the last one that was given out, or, where none was, the first. */
    record Sequence(String table, String column, long last, boolean given) {
    }

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

    /** @throws NotRestorableException where a later Detak laid the backup out in another way */
    static Manifest ofJson(byte[] bytes) throws IOException {
        JsonNode json = JSON.readTree(bytes);
        if (json.path("format").asInt() > FORMAT) {
            throw new NotRestorableException("a newer Detak made it: restore it with that one.");
        }
        return JSON.treeToValue(json, Manifest.class);
    }
}

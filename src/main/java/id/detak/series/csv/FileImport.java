package id.detak.series.csv;

import id.detak.series.RecordCounts;
import java.time.Instant;
import java.util.List;

/**
 * An import of a file.
 *
 * @param profile the kind of file
 * @param finishedAt null while it runs, or if it was stopped before its end
 * @param complaints the first ones, each with its line
 * @param undoneAt null unless it was undone
 */
public record FileImport(
        int id,
        String file,
        String profile,
        String actor,
        Instant startedAt,
        Instant finishedAt,
        RecordCounts counts,
        List<String> complaints,
        Instant undoneAt,
        String undoneBy) {}

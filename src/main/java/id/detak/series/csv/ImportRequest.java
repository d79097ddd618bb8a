package id.detak.series.csv;

import id.detak.series.table.TableOptions;
import java.io.InputStream;

/**
 * A file to import.
 *
 * @param name of the file, without its folder
 * @param in its content, inflated
 * @param actor who imports it; null if the import is not listed
 * @param dryRun whether to say only what would be stored
 */
public record ImportRequest(String name, InputStream in, TableOptions options, String actor, boolean dryRun) {}

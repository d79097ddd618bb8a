package id.detak.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What the start of the program knows about the database. */
@ConfigMapping(prefix = "detak")
public interface DatabaseConfig {

    /** Whether no other process uses the database; set by the start, not by users. */
    @WithDefault("false")
    boolean databaseOwned();
}

package id.detak.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The facts about the database that are known at startup. */
@ConfigMapping(prefix = "detak")
public interface DatabaseConfig {

    /** Whether no other process uses the database; set at startup, not by users. */
    @WithDefault("false")
    boolean databaseOwned();
}

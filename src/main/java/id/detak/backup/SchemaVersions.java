package id.detak.backup;

import id.detak.database.Database;
import id.detak.platform.UserException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** The versions of the schema that this program knows, and the migrations between them. */
final class SchemaVersions {

    private final Database database;

    SchemaVersions(Database database) {
        this.database = database;
    }

    String newest() {
        return Arrays.stream(configured().load().info().all())
                .map(MigrationInfo::getVersion)
                .reduce((one, other) -> other)
                .orElseThrow()
                .getVersion();
    }

    static boolean isNewer(String one, String other) {
        return MigrationVersion.fromVersion(one).isNewerThan(other);
    }

    /** Migrates up to that version. */
    void migrate(String version) {
        try {
            configured().target(version).load().migrate();
        } catch (FlywayException e) {
            throw new UserException("the schema cannot be brought to version " + version + ": "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private FluentConfiguration configured() {
        return Flyway.configure().dataSource(database.url(), database.username(), database.password());
    }
}

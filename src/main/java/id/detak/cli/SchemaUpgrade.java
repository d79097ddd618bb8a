package id.detak.cli;

import id.detak.database.TransientFailures;
import id.detak.platform.BadSettingException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.exception.FlywayValidateException;

/** Migrates the database to the schema of this program, or explains why it cannot be used. */
@ApplicationScoped
class SchemaUpgrade {

    private final Flyway flyway;

    SchemaUpgrade(Flyway flyway) {
        this.flyway = flyway;
    }

    void run() {
        try {
            refuseNewer();
            flyway.migrate();
        } catch (FlywayException e) {
            if (TransientFailures.isTransient(e)) {
                throw e;
            }
            throw new BadSettingException("This version of Detak cannot use the schema of the database (" + reason(e)
                    + "). Use another database, or the version that created it.");
        }
    }

    private void refuseNewer() {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new BadSettingException(
                        "The database has the schema of a newer version of Detak (version " + applied.getVersion()
                                + "). Start that version, or restore a backup from before the upgrade into another database.");
            }
        }
    }

    private static String reason(FlywayException e) {
        return e instanceof FlywayValidateException
                ? e.getMessage().lines().limit(2).collect(Collectors.joining(": "))
                : TransientFailures.rootMessage(e);
    }
}

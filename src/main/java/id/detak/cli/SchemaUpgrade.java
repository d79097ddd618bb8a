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

/** Brings the database to the schema that this program knows, or says why it is none to work with. */
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
            throw new BadSettingException("The database holds a schema that this Detak cannot work with (" + reason(e) + "): name another database, or start the Detak that made it.");
        }
    }

    private void refuseNewer() {
        for (MigrationInfo applied : flyway.info().applied()) {
            if (applied.getState() == MigrationState.FUTURE_SUCCESS) {
                throw new BadSettingException("The database holds the schema of a newer Detak (version " + applied.getVersion()
                        + "): start that one, or restore a backup of before the upgrade into another database.");
            }
        }
    }

    private static String reason(FlywayException e) {
        return e instanceof FlywayValidateException ? e.getMessage().lines().limit(2).collect(Collectors.joining(": ")) : TransientFailures.rootMessage(e);
    }
}

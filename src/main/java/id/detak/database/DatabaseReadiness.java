package id.detak.database;

import id.detak.database.DatabaseWatch.Absence;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports not ready while the database is unavailable. Uses the result of {@link DatabaseWatch}, so it never blocks.
 */
@Readiness
class DatabaseReadiness implements HealthCheck {

    private final DatabaseWatch watch;

    DatabaseReadiness(DatabaseWatch watch) {
        this.watch = watch;
    }

    @Override
    public HealthCheckResponse call() {
        return watch.absence().map(DatabaseReadiness::unavailable).orElseGet(() -> HealthCheckResponse.up("database"));
    }

    /** The response omits the reason, which may contain host names, because the check is public. */
    private static HealthCheckResponse unavailable(Absence absence) {
        return HealthCheckResponse.named("database")
                .down()
                .withData("unavailableSince", absence.since().toString())
                .build();
    }
}

package id.detak.database;

import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Reports not ready while the database is unavailable or refuses the polls of this process. Uses the results of
 * {@link DatabaseWatch} and of the last writes, so it never blocks.
 */
@Readiness
class DatabaseReadiness implements HealthCheck {

    private final DatabaseWatch watch;
    private final WriteStatus writes;

    DatabaseReadiness(DatabaseWatch watch, WriteStatus writes) {
        this.watch = watch;
        this.writes = writes;
    }

    @Override
    public HealthCheckResponse call() {
        return watch.absence()
                .map(absence -> down("unavailableSince", absence.since()))
                .or(() -> writes.failingSince().map(since -> down("writesFailSince", since)))
                .orElseGet(() -> HealthCheckResponse.up("database"));
    }

    /** The response omits the reason, which may contain host names, because the check is public. */
    private static HealthCheckResponse down(String key, Instant since) {
        return HealthCheckResponse.named("database")
                .down()
                .withData(key, since.toString())
                .build();
    }
}

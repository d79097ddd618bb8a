package id.detak.capture;

import id.detak.platform.Wib;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether the sources bring anything, at {@code /q/health/group/sources}. Apart from liveness and readiness: a site that is
 * down is no reason to restart or to leave out a process.
 */
@HealthGroup("sources")
@ApplicationScoped
class SourceHealth implements HealthCheck {

    private final LastGoodPolls polls;

    SourceHealth(LastGoodPolls polls) {
        this.polls = polls;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("sources").up();
        polls.all().forEach((source, last) -> {
            answer.withData(source, last == null ? "never" : Wib.local(last).toString());
            if (polls.isOverdue(last)) {
                answer.down();
            }
        });
        return answer.build();
    }
}

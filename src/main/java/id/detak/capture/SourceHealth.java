package id.detak.capture;

import id.detak.platform.Wib;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether the sources bring quotes, at {@code /q/health/group/sources}. Not part of liveness and readiness: a site that
 * is down is no reason to restart a process or to send it no requests.
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

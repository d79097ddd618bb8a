package id.detak.series;

import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import id.detak.database.Notification.Published;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Says whether a response made before is still right. A state ends with the second, because responses show ages and
 * what is stale, and with every change: each notification, each commit that notifies or writes to a series, and each
 * HTTP request that writes.
 */
@Provider
@ApplicationScoped
public class DataState implements ContainerResponseFilter {

    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final SeriesVersions versions;
    private final Clock clock;
    private final AtomicLong changes = new AtomicLong();

    DataState(SeriesVersions versions, Clock clock) {
        this.versions = versions;
        this.clock = clock;
    }

    /** Equal states of one process mean equal data. */
    public record State(long changes, long versions, long second) {

        @Override
        public String toString() {
            return changes + " " + versions + " " + second;
        }
    }

    /** The present state. Read it before the data. */
    public State now() {
        return new State(changes.get(), versions.ofAll(), clock.instant().getEpochSecond());
    }

    /** Whether a state is still the present one; reads memory only, and is false if it cannot know. */
    public boolean isStill(State state) {
        return state.changes == changes.get()
                && state.second == clock.instant().getEpochSecond()
                && versions.areAllStill(state.versions);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!READING.contains(request.getMethod())) {
            changes.incrementAndGet();
        }
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Published event) {
        changes.incrementAndGet();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        changes.incrementAndGet();
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        changes.incrementAndGet();
    }
}

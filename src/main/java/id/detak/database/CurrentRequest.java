package id.detak.database;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** The request that the current thread handles, if any. */
@ApplicationScoped
class CurrentRequest {

    private final CurrentVertxRequest request;

    CurrentRequest(CurrentVertxRequest request) {
        this.request = request;
    }

    /** Whether there is a request that only reads. It may be repeated, and its time is limited. */
    boolean isReading() {
        if (!Arc.container().requestContext().isActive()) {
            return false;
        }
        RoutingContext current = request.getCurrent();
        return current != null
                && (current.request().method() == HttpMethod.GET
                        || current.request().method() == HttpMethod.HEAD);
    }
}

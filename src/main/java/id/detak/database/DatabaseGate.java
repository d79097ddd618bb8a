package id.detak.database;

import id.detak.platform.RouterProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * Rejects requests that need the database during an outage, before authentication, which may also need it. Requests
 * that get through fail at their first query.
 */
@ApplicationScoped
class DatabaseGate {

    /** Static files, and the endpoints for operators. */
    private static final Pattern WITHOUT_DATABASE =
            Pattern.compile("/(static|q)/.*|/[^/]+\\.(js|png|svg|ico|txt|webmanifest)");

    private static final int JUST_BEFORE_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 1;

    private final DatabaseWatch watch;

    DatabaseGate(DatabaseWatch watch) {
        this.watch = watch;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseDuringOutage, JUST_BEFORE_AUTHENTICATION);
    }

    private void refuseDuringOutage(RoutingContext context) {
        if (!watch.isAway()
                || WITHOUT_DATABASE.matcher(context.request().path()).matches()) {
            context.next();
            return;
        }
        RouterProblems.send(context, DatabaseProblems.unavailable());
    }
}

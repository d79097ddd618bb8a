package id.detak.database;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;

/**
 * While the database is away, refuses at once what needs it, before anybody is asked who he is: that may need the database too.
 * What slips through fails by itself.
 */
@ApplicationScoped
class DatabaseGate {

    /** Files of the page, and what operators ask. */
    private static final Pattern WITHOUT_DATABASE = Pattern.compile("/(static|q)/.*|/[^/]+\\.(js|png|svg|ico|txt|webmanifest)");
    private static final int JUST_BEFORE_AUTHENTICATION = SecurityHandlerPriorities.AUTHENTICATION + 1;

    private final DatabaseWatch watch;

    DatabaseGate(DatabaseWatch watch) {
        this.watch = watch;
    }

    void register(@Observes Filters filters) {
        filters.register(this::refuseWhileAway, JUST_BEFORE_AUTHENTICATION);
    }

    private void refuseWhileAway(RoutingContext context) {
        if (!watch.isAway() || WITHOUT_DATABASE.matcher(context.request().path()).matches()) {
            context.next();
            return;
        }
        context.response().setStatusCode(503).putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(DatabaseProblems.RETRY_AFTER_SECONDS)).putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(new JsonObject().put("status", 503).put("title", DatabaseProblems.TITLE).put("detail", DatabaseProblems.DETAIL)
                        .put("instance", context.normalizedPath()).encode());
    }
}

package id.detak.access;

import id.detak.access.FailedAttempts.TooManyTriesException;
import id.detak.database.DatabaseProblems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Problem answers of what stands before REST. */
public final class RouterProblems {

    private RouterProblems() {
    }

    public static void send(RoutingContext context, int status, String title, String detail) {
        JsonObject problem = new JsonObject().put("status", status).put("title", title).put("detail", detail).put("instance", context.request().path());
        context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(problem.encode());
    }

    /** For a mechanism that cannot tell who asks, since the database is away: the request is answered, and goes no further. */
    static <T> Uni<T> databaseIsAway(RoutingContext context) {
        context.response().putHeader("Retry-After", String.valueOf(DatabaseProblems.RETRY_AFTER_SECONDS));
        send(context, 503, DatabaseProblems.TITLE, DatabaseProblems.DETAIL);
        return Uni.createFrom().nothing();
    }

    static <T> Uni<T> tooManyTries(RoutingContext context, TooManyTriesException tries) {
        tooMany(context, tries.seconds, tries.getMessage());
        return Uni.createFrom().nothing();
    }

    public static void tooMany(RoutingContext context, long retryAfterSeconds, String detail) {
        context.response().putHeader("Retry-After", String.valueOf(Math.max(1, retryAfterSeconds)));
        // a moment later: where some answers of a pipeline end while they are asked for and others do not, Vert.x loses its place in it
        context.vertx().getOrCreateContext().runOnContext(now -> send(context, 429, "Too Many Requests", detail));
    }
}

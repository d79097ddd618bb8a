package id.detak.platform.access;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Problem answers of what stands before REST. */
public final class Refusals {

    private Refusals() {
    }

    public static void send(RoutingContext context, int status, String title, String detail) {
        JsonObject problem = new JsonObject().put("status", status).put("title", title).put("detail", detail).put("instance", context.request().path());
        context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end(problem.encode());
    }

    public static void tooMany(RoutingContext context, long retryAfterSeconds, String detail) {
        context.response().putHeader("Retry-After", String.valueOf(Math.max(1, retryAfterSeconds)));
        send(context, 429, "Too Many Requests", detail);
    }
}

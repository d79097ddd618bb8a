package id.detak.platform;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Sends problems from router filters, which run before REST. */
public final class RouterProblems {

    private static final int TOO_MANY_REQUESTS = 429;

    private RouterProblems() {}

    public static void send(RoutingContext context, int status, String title, String detail) {
        send(context, Problems.of(status, title, detail));
    }

    public static void send(RoutingContext context, HttpProblem problem) {
        if (problem.getStatusCode() == TOO_MANY_REQUESTS) {
            // deferred: if only some responses of a pipeline end within their handler, Vert.x loses track of their
            // order
            context.vertx().getOrCreateContext().runOnContext(now -> write(context, problem));
        } else {
            write(context, problem);
        }
    }

    /** Sends the problem and stops the request, for an authentication mechanism that cannot decide. */
    public static <T> Uni<T> stop(RoutingContext context, HttpProblem problem) {
        send(context, problem);
        return Uni.createFrom().nothing();
    }

    private static void write(RoutingContext context, HttpProblem problem) {
        problem.getHeaders().forEach((name, value) -> context.response().putHeader(name, String.valueOf(value)));
        JsonObject json = new JsonObject()
                .put("status", problem.getStatusCode())
                .put("title", problem.getTitle())
                .put("detail", problem.getDetail())
                .put("instance", context.request().path());
        String requestId = context.response().headers().get("X-Request-Id");
        if (requestId != null) {
            json.put("requestId", requestId);
        }
        context.response()
                .setStatusCode(problem.getStatusCode())
                .putHeader(HttpHeaders.CONTENT_TYPE, HttpProblem.MEDIA_TYPE.toString())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(json.encode());
    }
}

package id.detak.http;

import id.detak.access.AccessPolicy;
import id.detak.platform.RouterProblems;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Takes a request's body in as a whole before a worker begins with it, and within {@code DETAK_BODY_WITHIN}: whoever sends it
 * slowly holds a socket, and that not for ever. What anybody may send, wrong as it may be, is small.
 */
@ApplicationScoped
class RequestBodyFilter {

    private static final int AFTER_ACCESS_IS_CHECKED = SecurityHandlerPriorities.AUTHORIZATION - 1;
    private static final Set<HttpMethod> WITHOUT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int MOST_OF_ANYBODY = 16 * 1024;

    private final long withinMillis;
    private final long most;

    RequestBodyFilter(@ConfigProperty(name = "detak.body-within", defaultValue = "30s") Duration within, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.withinMillis = within.toMillis();
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::take, AFTER_ACCESS_IS_CHECKED);
    }

    void take(RoutingContext context) {
        HttpServerRequest request = context.request();
        // a folder that is served as its index.html sends a request through all filters again, after its end
        if (WITHOUT.contains(request.method()) || request.isEnded()) {
            context.next();
            return;
        }
        long limit = AccessPolicy.isForAnybody(request) ? MOST_OF_ANYBODY : most;
        long timer = context.vertx().setTimer(withinMillis, late -> refuse(context, 408, "Request Timeout", "The body did not come within " + withinMillis / 1000.0 + " s."));
        Buffer body = Buffer.buffer();
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= limit) {
                body.appendBuffer(chunk);
            } else if (context.vertx().cancelTimer(timer)) {
                refuse(context, 413, "Content Too Large", "The body is larger than is taken here: " + limit + " bytes.");
            }
        });
        request.endHandler(end -> {
            if (context.vertx().cancelTimer(timer)) {
                ((RoutingContextInternal) context).setBody(body);
                context.next();
            }
        });
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            context.response().writeContinue();
        }
        request.resume();
    }

    /** The rest of the body is waited for no longer. */
    private static void refuse(RoutingContext context, int status, String title, String detail) {
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        context.addEndHandler(end -> context.request().connection().close());
        RouterProblems.send(context, status, title, detail);
    }
}

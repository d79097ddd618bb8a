package id.detak.http;

import id.detak.access.AccessPolicy;
import id.detak.platform.RouterProblems;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.impl.RoutingContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Reads the body of a request completely before a worker starts, and within {@code DETAK_BODY_WITHIN}: a slow client
 * holds a socket for a limited time, but no worker. Bodies of unauthenticated requests have a small limit.
 *
 * <p>This works over HTTP/1.1 only: over HTTP/2, Vert.x does not pass a request whose body has been read on to REST.
 * HTTP/2 for browsers is the task of a proxy in front of Detak. Vert.x's {@code BodyHandler} is no alternative: over
 * HTTP/2 it fails in the same way ("Request has already been read"). It also decodes forms, which REST does again, and
 * its failures bypass the problems of this class.
 */
@ApplicationScoped
class RequestBodyFilter {

    private static final int AFTER_AUTHORIZATION = SecurityHandlerPriorities.AUTHORIZATION - 1;
    private static final Set<HttpMethod> WITHOUT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final int MAX_ANONYMOUS_BYTES = 16 * 1024;
    private static final long LINGER_MILLIS = 2000;

    private final long withinMillis;
    private final long most;

    @Inject
    RequestBodyFilter(HttpConfig config, @ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this(config.bodyWithin(), most);
    }

    RequestBodyFilter(Duration within, MemorySize most) {
        this.withinMillis = within.toMillis();
        this.most = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::read, AFTER_AUTHORIZATION);
    }

    void read(RoutingContext context) {
        HttpServerRequest request = context.request();
        // a folder served as its index.html sends the request through all filters again, after its end
        if (WITHOUT.contains(request.method()) || request.isEnded()) {
            context.next();
            return;
        }
        long limit = AccessPolicy.needsNoCredentials(request) ? MAX_ANONYMOUS_BYTES : most;
        long timer = context.vertx()
                .setTimer(
                        withinMillis,
                        late -> refuse(
                                context,
                                408,
                                "Request Timeout",
                                "The body did not arrive within " + withinMillis / 1000.0 + " s."));
        Buffer body = Buffer.buffer();
        request.exceptionHandler(gone -> context.vertx().cancelTimer(timer));
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= limit) {
                body.appendBuffer(chunk);
            } else if (context.vertx().cancelTimer(timer)) {
                refuse(context, 413, "Content Too Large", "The body is larger than " + limit + " bytes.");
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

    /**
     * Responds without waiting for the rest of the body. The rest is discarded for a moment before the connection is
     * closed. Closing it immediately would reset it, and a client that is still sending would not see the response.
     */
    private static void refuse(RoutingContext context, int status, String title, String detail) {
        HttpServerRequest request = context.request();
        HttpConnection connection = request.connection();
        context.vertx().setTimer(LINGER_MILLIS, over -> connection.close());
        request.handler(rest -> {});
        request.endHandler(end -> connection.close());
        context.response().putHeader(HttpHeaders.CONNECTION, "close");
        RouterProblems.send(context, status, title, detail);
    }
}

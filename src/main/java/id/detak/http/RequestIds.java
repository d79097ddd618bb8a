package id.detak.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.vertx.http.runtime.security.SecurityHandlerPriorities;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives each request an id: that of its header {@code X-Request-Id}, if a proxy sets one, or a new one. The response
 * has it in the same header, a problem as {@code requestId}, and each line of the log that the request causes.
 */
@ApplicationScoped
class RequestIds {

    /** Also in {@code quarkus.log.console.format} and {@code quarkus.resteasy.problem.include-mdc-properties}. */
    private static final String KEY = "requestId";

    private static final CharSequence HEADER = HttpHeaders.createOptimized("X-Request-Id");
    /** Nothing that could forge a line of the log or a header. */
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final int BEFORE_EVERYTHING = SecurityHandlerPriorities.CORS + 200;

    /** Differs between processes, so that ids do not repeat after a restart. */
    private final String prefix = Integer.toString(ThreadLocalRandom.current().nextInt(1 << 30), 36) + "-";

    private final AtomicLong count = new AtomicLong();

    void register(@Observes Filters filters) {
        filters.register(this::identify, BEFORE_EVERYTHING);
    }

    private void identify(RoutingContext context) {
        String sent = context.request().getHeader(HEADER);
        String id = sent != null && ACCEPTED.matcher(sent).matches()
                ? sent
                : prefix + Long.toString(count.incrementAndGet(), 36);
        MDC.put(KEY, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }
}

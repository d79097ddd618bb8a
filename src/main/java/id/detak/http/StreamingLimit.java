package id.detak.http;

import id.detak.platform.Problems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Answers that are written while they are read hold a worker until the client has taken the last byte, or is cut because it takes
 * none (quarkus.http.idle-timeout). So there are only so many at once: clients that stop reading cannot take all workers.
 */
@Startup
@ApplicationScoped
class StreamingLimit {

    private static final int AT_ONCE = 8;
    private static final int TRY_AGAIN_SECONDS = 10;

    private final Semaphore free = new Semaphore(AT_ONCE);

    StreamingLimit(MeterRegistry meters) {
        Gauge.builder("detak.long.answers", free, left -> AT_ONCE - left.availablePermits()).description("Answers that are written while they are read").register(meters);
    }

    /**
     * @return what gives its place back when it is written, or when the request ends without that
     * @throws HttpProblem 429, where too many are under way
     */
    StreamingOutput limited(RoutingContext context, StreamingOutput write) {
        if (!free.tryAcquire()) {
            throw HttpProblem.builder(Problems.of(429, "Too Many Requests", "Too many long answers are under way: try again in " + TRY_AGAIN_SECONDS + " s, or ask for less."))
                    .withHeader(HttpHeaders.RETRY_AFTER, TRY_AGAIN_SECONDS).build();
        }
        AtomicBoolean held = new AtomicBoolean(true);
        // the writing may never start: for HEAD, or because the client has already gone
        RequestEnd.then(context, () -> giveBack(held));
        return out -> {
            try {
                write.write(new ClientOutput(out, context));
            } catch (IOException e) {
                Log.debug("A client went away in the middle of a long answer.");
            } finally {
                giveBack(held);
            }
        };
    }

    private void giveBack(AtomicBoolean held) {
        if (held.getAndSet(false)) {
            free.release();
        }
    }
}

package id.detak.http;

import id.detak.platform.Problems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Limits concurrent streaming responses. Each holds a worker until the client has read the last byte, or is
 * disconnected because it reads nothing (quarkus.http.idle-timeout). Without a limit, clients that stop reading could
 * occupy all workers.
 */
@Startup
@ApplicationScoped
class StreamingLimit {

    private static final int MAX_CONCURRENT = 8;
    private static final int RETRY_AFTER_SECONDS = 10;

    private final Semaphore free = new Semaphore(MAX_CONCURRENT);

    StreamingLimit(MeterRegistry meters) {
        Gauge.builder("detak.long.answers", free, permits -> MAX_CONCURRENT - permits.availablePermits())
                .description("Streaming responses in progress")
                .register(meters);
    }

    /**
     * @return an output that releases its permit when it is written, or when the request ends first
     * @throws HttpProblem 429 if too many are in progress
     */
    StreamingOutput limit(RoutingContext context, StreamingOutput output) {
        if (!free.tryAcquire()) {
            throw Problems.tooManyRequests(
                    RETRY_AFTER_SECONDS,
                    "Too many long responses are being sent: try again in " + RETRY_AFTER_SECONDS
                            + " s, or request less.");
        }
        AtomicBoolean held = new AtomicBoolean(true);
        // writing may never start: for HEAD, or because the client has closed the connection
        RequestEnd.then(context, () -> release(held));
        return out -> {
            try {
                output.write(new ClientOutput(out, context));
            } catch (IOException e) {
                Log.debug("A client closed the connection during a streaming response.");
            } finally {
                release(held);
            }
        };
    }

    private void release(AtomicBoolean held) {
        if (held.getAndSet(false)) {
            free.release();
        }
    }
}

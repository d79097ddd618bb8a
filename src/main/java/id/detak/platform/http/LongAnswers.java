package id.detak.platform.http;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * Answers that are written while they are read hold a worker until the client has taken the last byte, or is cut because it takes
 * none (quarkus.http.idle-timeout). So there are only so many at once: clients that stop reading cannot take all workers.
 */
@ApplicationScoped
class LongAnswers {

    private static final int AT_ONCE = 8;
    private static final int TRY_AGAIN_SECONDS = 10;

    private final Semaphore free = new Semaphore(AT_ONCE);

    /** @throws HttpProblem 429, where too many are under way */
    StreamingOutput limited(StreamingOutput write) {
        if (free.availablePermits() == 0) {
            throw HttpProblem.builder(Problems.of(429, "Too Many Requests", "Too many long answers are under way: try again in " + TRY_AGAIN_SECONDS + " s, or ask for less."))
                    .withHeader(HttpHeaders.RETRY_AFTER, TRY_AGAIN_SECONDS).build();
        }
        return out -> {
            if (!free.tryAcquire()) {
                throw new IOException("Too many long answers are under way."); // all began in the same moment: the client is cut
            }
            try {
                write.write(out);
            } catch (IOException e) {
                Log.debug("A client went away in the middle of a long answer.");
            } finally {
                free.release();
            }
        };
    }
}

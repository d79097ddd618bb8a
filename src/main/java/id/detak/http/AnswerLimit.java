package id.detak.http;

import id.detak.platform.Problems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits the responses that are computed at a time by the points that they may contain. A point takes less than 400
 * bytes while it is read and written, so all of them together stay below half of the default heap. Requests beyond the
 * limit are refused, not queued, because a waiting request would hold a worker.
 */
@Startup
@ApplicationScoped
public class AnswerLimit {

    /** Four of the largest responses, or 400 small ones. */
    static final int POINTS = 400_000;

    /** Of a response whose work does not depend on a number of points, such as a page. */
    public static final int SMALL = POINTS / 400;

    /** Of a response that reads whole series, or whose work takes long: four at a time. */
    public static final int LARGE = POINTS / 4;

    private static final int RETRY_AFTER_SECONDS = 2;

    private final Semaphore free = new Semaphore(POINTS);

    AnswerLimit(MeterRegistry meters) {
        Gauge.builder("detak.answer.points", free, points -> POINTS - points.availablePermits())
                .description("Points of the responses that are computed")
                .register(meters);
    }

    /**
     * Computes a response.
     *
     * @param points that it may contain, or that it reads
     * @throws HttpProblem 429 if too many others are computed
     */
    public <T> T within(int points, Supplier<T> computation) {
        int taken = Math.max(SMALL, Math.min(points, POINTS));
        if (!free.tryAcquire(taken)) {
            throw Problems.tooManyRequests(
                    RETRY_AFTER_SECONDS,
                    "Too many long answers are being computed: try again in " + RETRY_AFTER_SECONDS
                            + " s, or request fewer points.");
        }
        try {
            return computation.get();
        } finally {
            free.release(taken);
        }
    }
}

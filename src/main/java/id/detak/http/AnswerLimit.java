package id.detak.http;

import id.detak.platform.Problems;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * Limits the responses that are computed at a time by the points that they may contain. A point takes less than 400
 * bytes while it is read and written, so all of them together stay below half of the default heap. Requests beyond the
 * limit are refused, not queued, because a waiting request would hold a worker. Small responses, and what all visitors
 * share, have a reserve beside the others, so that a few of the largest do not keep the pages from everybody.
 */
@Startup
@ApplicationScoped
public class AnswerLimit {

    /** Three of the largest responses, or 300 small ones. */
    static final int POINTS = 300_000;

    /** Of a response whose work does not depend on a number of points, such as a page. */
    public static final int SMALL = 1_000;

    /** Of a response that reads whole series, or whose work takes long: three at a time. */
    public static final int LARGE = 100_000;

    private static final int RETRY_AFTER_SECONDS = 2;

    private static final int SMALL_BESIDE = 50 * SMALL;

    private final Semaphore free = new Semaphore(POINTS);
    private final Semaphore freeForSmall = new Semaphore(SMALL_BESIDE);
    private final Semaphore freeForShared = new Semaphore(LARGE);

    AnswerLimit(MeterRegistry meters) {
        Gauge.builder("detak.answer.points", this, AnswerLimit::taken)
                .description("Points of the responses that are computed")
                .register(meters);
    }

    private int taken() {
        return POINTS
                - free.availablePermits()
                + SMALL_BESIDE
                - freeForSmall.availablePermits()
                + LARGE
                - freeForShared.availablePermits();
    }

    /**
     * Computes a response.
     *
     * @param points that it may contain, or that it reads
     * @throws HttpProblem 429 if too many others are computed
     */
    public <T> T within(int points, Supplier<T> computation) {
        int taken = Math.max(SMALL, Math.min(points, POINTS));
        return within(taken, taken == SMALL ? List.of(free, freeForSmall) : List.of(free), computation);
    }

    /**
     * Computes what is large, but computed once for all visitors.
     *
     * @throws HttpProblem 429 if too many others are computed
     */
    public <T> T shared(Supplier<T> computation) {
        return within(LARGE, List.of(free, freeForShared), computation);
    }

    private static <T> T within(int taken, List<Semaphore> choices, Supplier<T> computation) {
        Semaphore from = choices.stream()
                .filter(choice -> choice.tryAcquire(taken))
                .findFirst()
                .orElse(null);
        if (from == null) {
            throw Problems.tooManyRequests(
                    RETRY_AFTER_SECONDS,
                    "Too many long answers are being computed: try again in " + RETRY_AFTER_SECONDS
                            + " s, or request fewer points.");
        }
        try {
            return computation.get();
        } finally {
            from.release(taken);
        }
    }
}

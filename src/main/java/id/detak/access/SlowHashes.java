package id.detak.access;

import id.detak.platform.Problems;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Computes slow hashes on two threads of their own. At most eighteen requests wait for one at a time; more are refused,
 * so that guesses from many addresses cannot occupy the workers.
 */
@ApplicationScoped
class SlowHashes {

    private static final int THREADS = 2;
    private static final int QUEUED = 16;
    private static final int RETRY_AFTER_SECONDS = 2;

    private final ExecutorService threads =
            new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUED), task -> {
                Thread thread = new Thread(task, "detak-slow-hash");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * Waits for the result.
     *
     * @throws HttpProblem 429 if too many others wait
     */
    <T> T compute(Callable<T> hash) {
        Future<T> result;
        try {
            result = threads.submit(hash);
        } catch (RejectedExecutionException e) {
            throw tooMany();
        }
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A token could not be checked.", e.getCause());
        } catch (InterruptedException e) {
            result.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The check of a token was interrupted.", e);
        }
    }

    static HttpProblem tooMany() {
        return Problems.tooManyRequests(
                RETRY_AFTER_SECONDS, "Too many tokens are being checked: try again in " + RETRY_AFTER_SECONDS + " s.");
    }
}

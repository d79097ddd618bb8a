package id.detak.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.time.Duration;

/** Repeats a read once if its connection breaks, since even a connection that was just validated can break. */
@ApplicationScoped
class RetryReadInterceptor {

    /** A read that fails later has waited for a database that does not respond. */
    private static final Duration QUICK_FAILURE = Duration.ofSeconds(2);

    private final CurrentRequest request;
    private final DatabaseWatch watch;

    RetryReadInterceptor(CurrentRequest request, DatabaseWatch watch) {
        this.request = request;
        this.watch = watch;
    }

    Object of(InvocationContext call) throws Exception {
        if (!request.isReading() || QuarkusTransaction.isActive()) {
            return call.proceed();
        }
        long start = System.nanoTime();
        try {
            return call.proceed();
        } catch (Exception e) {
            if (watch.isAway()
                    || !TransientFailures.isTransient(e)
                    || System.nanoTime() - start > QUICK_FAILURE.toNanos()) {
                throw e;
            }
            return call.proceed();
        }
    }

    /** Outside the transaction, so that the second attempt has a new one. */
    @Interceptor
    @Transactional
    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
    static class OfTransactions {

        private final RetryReadInterceptor retry;

        OfTransactions(RetryReadInterceptor retry) {
            this.retry = retry;
        }

        @AroundInvoke
        Object read(InvocationContext call) throws Exception {
            return retry.of(call);
        }
    }

    @Interceptor
    @RetryRead
    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
    static class OfReadings {

        private final RetryReadInterceptor retry;

        OfReadings(RetryReadInterceptor retry) {
            this.retry = retry;
        }

        @AroundInvoke
        Object read(InvocationContext call) throws Exception {
            return retry.of(call);
        }
    }
}

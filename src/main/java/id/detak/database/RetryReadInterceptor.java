package id.detak.database;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import java.time.Duration;

/**
 * A request that reads, and whose connection breaks under it, reads once more: a connection that has just been validated can break
 * a moment later.
 */
@ApplicationScoped
class RetryReadInterceptor {

    /** What failed after a longer time has waited for a database that does not answer. */
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

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
        long begun = System.nanoTime();
        try {
            return call.proceed();
        } catch (Exception e) {
            if (watch.isAway() || !TransientFailures.isTransient(e) || System.nanoTime() - begun > AT_ONCE.toNanos()) {
                throw e;
            }
            return call.proceed();
        }
    }

    /** Around the transaction, so that the second try has a new one. */
    @Interceptor
    @Transactional
    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
    static class OfTransactions {

        private final RetryReadInterceptor secondTry;

        OfTransactions(RetryReadInterceptor secondTry) {
            this.secondTry = secondTry;
        }

        @AroundInvoke
        Object read(InvocationContext call) throws Exception {
            return secondTry.of(call);
        }
    }

    @Interceptor
    @RetryRead
    @Priority(Interceptor.Priority.PLATFORM_BEFORE)
    static class OfReadings {

        private final RetryReadInterceptor secondTry;

        OfReadings(RetryReadInterceptor secondTry) {
            this.secondTry = secondTry;
        }

        @AroundInvoke
        Object read(InvocationContext call) throws Exception {
            return secondTry.of(call);
        }
    }
}

package id.detak.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starts Quarkus, and comes back when it has stopped. */
final class QuarkusLauncher {

    private QuarkusLauncher() {
    }

    /**
     * @param application what to run, or null to serve until told to stop
     * @return the exit code
     * @throws Failure where it could not start
     */
    static int of(Class<? extends QuarkusApplication> application) {
        AtomicInteger code = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Quarkus.run(application, (exitCode, error) -> {
            code.set(exitCode);
            failure.set(error);
        });
        if (failure.get() != null) {
            throw new Failure(failure.get());
        }
        return code.get();
    }

    /** What Quarkus threw when it started, an Error maybe. */
    static class Failure extends RuntimeException {

        Failure(Throwable cause) {
            super(cause);
        }
    }
}

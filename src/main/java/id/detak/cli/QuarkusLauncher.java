package id.detak.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Starts Quarkus and returns when it has stopped. */
final class QuarkusLauncher {

    private QuarkusLauncher() {}

    /**
     * @param application the application to run, or null to serve until the process is stopped
     * @return the exit code
     * @throws Failure if Quarkus could not start
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

    /** Wraps what Quarkus threw at start, which may be an {@code Error}. */
    static class Failure extends RuntimeException {

        Failure(Throwable cause) {
            super(cause);
        }
    }
}

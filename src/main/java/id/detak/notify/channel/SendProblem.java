package id.detak.notify.channel;

import java.time.Duration;

/** Ends a sending that the other side, or the way there, does not let through. */
final class SendProblem extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    SendProblem(String reason) {
        this(reason, null);
    }

    SendProblem(String reason, Duration retryAfter) {
        super(reason);
        this.retryAfter = retryAfter;
    }

    Outcome outcome() {
        return new Outcome.NotTaken(getMessage(), retryAfter);
    }
}

package id.detak.notify.channel;

import java.time.Duration;

/** Thrown if the receiver, or the way there, does not let a message through. */
final class SendException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Duration retryAfter;

    SendException(String reason) {
        this(reason, null);
    }

    SendException(String reason, Duration retryAfter) {
        super(reason);
        this.retryAfter = retryAfter;
    }

    SendResult outcome() {
        return new SendResult.NotTaken(getMessage(), retryAfter);
    }
}

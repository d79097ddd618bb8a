package id.detak.notify.channel;

import java.time.Duration;

/** The result of an attempt to send. */
public sealed interface SendResult {

    /** Why the receiver did not take it, or null if it did. */
    String reason();

    /** How long the receiver asks to wait, or null. */
    default Duration retryAfter() {
        return null;
    }

    record Taken() implements SendResult {

        @Override
        public String reason() {
            return null;
        }
    }

    /**
     * @param reason one sentence that names at most the host: no path, no secret, nothing that the receiver wrote
     * @param retryAfter how long the receiver asks to wait, or null
     */
    record NotTaken(String reason, Duration retryAfter) implements SendResult {}

    /** The receiver no longer exists, so no other attempt is of use. */
    record Gone(String reason) implements SendResult {}
}

package id.detak.notify.channel;

import java.time.Duration;

/** The result of an attempt to send. */
public sealed interface SendResult {

    record Taken() implements SendResult {}

    /**
     * @param reason one sentence that names at most the host: no path, no secret, nothing that the receiver wrote
     * @param retryAfter how long the receiver asks to wait, or null
     */
    record NotTaken(String reason, Duration retryAfter) implements SendResult {}
}

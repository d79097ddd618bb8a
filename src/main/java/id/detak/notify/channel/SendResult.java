package id.detak.notify.channel;

import java.time.Duration;

/** What came of a sending. */
public sealed interface SendResult {

    record Taken() implements SendResult {
    }

    /**
     * @param reason one sentence that names no more than the host: no path, no secret, nothing that the other side wrote
     * @param retryAfter how long the other side asks to be left alone, or null
     */
    record NotTaken(String reason, Duration retryAfter) implements SendResult {
    }
}

package id.detak.notify.channel;

import java.time.Duration;

/**
 * The answer to a request. Nothing of its body is shown to anyone.
 *
 * @param host that answered
 * @param retryAfter what the headers ask for, or null
 * @param body as much of it as was read
 */
record HttpResult(String host, int status, Duration retryAfter, byte[] body) {

    SendResult outcome() {
        return outcome(retryAfter);
    }

    /** @param wait how long the receiver asks to wait, or null */
    SendResult outcome(Duration wait) {
        if (status >= 200 && status < 300) {
            return new SendResult.Taken();
        }
        boolean redirect = status >= 300 && status < 400;
        return new SendResult.NotTaken(
                host + " answered " + status
                        + (redirect ? "; redirects are not followed, so give the address that it leads to." : "."),
                wait);
    }
}

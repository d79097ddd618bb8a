package id.detak.notify.channel;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.platform.net.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What is read of an answer. Its status tells all; of the body no word goes on.
 *
 * @param retryAfter the header, or null
 * @param date the header, or null
 * @param body as much of it as was read
 */
record HttpResult(int status, String retryAfter, String date, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

    SendResult outcome(String host, Instant cameAt) {
        if (status >= 200 && status < 300) {
            return new SendResult.Taken();
        }
        boolean redirect = status >= 300 && status < 400;
        return new SendResult.NotTaken(host + " answered " + status + (redirect ? "; redirects are not followed, so give the address that it leads to." : "."), pause(cameAt));
    }

    private Duration pause(Instant cameAt) {
        Duration header = RetryAfter.read(retryAfter, date, cameAt);
        return header == null ? telegramPause() : header;
    }

    /** Telegram says it in the body: {@code {"ok":false,"parameters":{"retry_after":5}}}. */
    private Duration telegramPause() {
        if (status != 429) {
            return null;
        }
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode seconds = root == null ? null : root.path("parameters").path("retry_after");
            return seconds != null && seconds.isIntegralNumber() && seconds.canConvertToLong() ? RetryAfter.ofSeconds(seconds.longValue()) : null;
        } catch (IOException e) {
            return null; // not Telegram, or cut off
        }
    }
}

package id.detak.capture.fetch;

import id.detak.platform.Version;
import java.time.Duration;

/**
 * Limits of one fetch.
 *
 * @param whole for everything together: lookups, robots.txt, redirects and the body
 * @param maxBytes of the body, as sent and as inflated
 * @param maxRedirects the next one is refused
 * @param userAgent sent with every request
 */
public record FetchLimits(Duration whole, int maxBytes, int maxRedirects, String userAgent) {
    public FetchLimits {
        if (whole.isNegative() || whole.isZero() || whole.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("The time limit must be above zero and at most an hour, not " + whole);
        }
        if (maxBytes < 1 || maxBytes == Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The size limit must be from 1 byte to below 2 GiB, not " + maxBytes);
        }
        if (maxRedirects < 0) {
            throw new IllegalArgumentException("The number of redirects must not be negative: " + maxRedirects);
        }
        if (userAgent.isBlank() || !userAgent.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("The User-Agent must be one line of printable ASCII");
        }
    }

    public static FetchLimits defaults() {
        return new FetchLimits(
                Duration.ofSeconds(30),
                5 * 1024 * 1024,
                5,
                "Detak/" + Version.NUMBER + " (market indicator tracker; self-hosted; honours robots.txt)");
    }
}

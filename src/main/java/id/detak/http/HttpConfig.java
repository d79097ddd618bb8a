package id.detak.http;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Limits on requests. */
@ConfigMapping(prefix = "detak")
public interface HttpConfig {

    /** Requests per second from one address; 0 for no limit. */
    Optional<Integer> rateLimit();

    /** Time within which the body of a request must arrive. */
    @WithDefault("30s")
    Duration bodyWithin();
}

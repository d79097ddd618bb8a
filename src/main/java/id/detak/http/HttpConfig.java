package id.detak.http;

import id.detak.platform.Positive;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Limits on requests. */
@ConfigMapping(prefix = "detak")
public interface HttpConfig {

    /** Requests per second from one address; 0 for no limit. */
    Optional<Integer> rateLimit();

    /** Open connections in all. */
    @WithDefault("4096")
    @WithConverter(Positive.class)
    int connections();

    /** Open connections from one address. */
    @WithDefault("256")
    @WithConverter(Positive.class)
    int connectionsPerClient();

    /** Time within which the body of a request must arrive. */
    @WithDefault("30s")
    Duration bodyWithin();
}

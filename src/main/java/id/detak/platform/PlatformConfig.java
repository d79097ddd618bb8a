package id.detak.platform;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings that several features share. */
@ConfigMapping(prefix = "detak")
public interface PlatformConfig {

    /** Whether Detak shows a simulated market. */
    @WithDefault("false")
    boolean demo();

    /** The public base URL. */
    Optional<String> publicUrl();

    /** The key that encrypts secrets in the database. */
    Optional<String> secretKey();

    /** Private hosts, addresses and networks to which messages may be sent. */
    Optional<String> notifyAllow();

    /** For tests: the error of this process's clock. */
    @WithDefault("PT0S")
    Duration clockSkew();
}

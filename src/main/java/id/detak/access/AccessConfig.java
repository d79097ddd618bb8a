package id.detak.access;

import id.detak.platform.Positive;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of access control. */
@ConfigMapping(prefix = "detak")
public interface AccessConfig {

    Optional<String> adminToken();

    /** Whether everybody may read or only holders of a token. */
    @WithDefault("open")
    String reading();

    /** Time without use after which a session ends. */
    @WithDefault("PT12H")
    Duration sessionIdle();

    /** More host names under which Detak is reached. */
    Optional<List<String>> hosts();

    /** For tests: how many wrong tokens an address may send. */
    @WithDefault("10")
    @WithConverter(Positive.class)
    int wrongTries();

    Oidc oidc();

    /** OpenID Connect; the other settings are mapped to Quarkus's in {@code application.properties}. */
    interface Oidc {

        /** Set at the start if {@code DETAK_OIDC_URL} is. */
        @WithDefault("false")
        boolean enabled();

        /** Mail addresses of admins. */
        Optional<List<String>> admins();

        /** Mail addresses of readers; {@code *} for everybody whom the provider lets in. */
        Optional<List<String>> readers();
    }
}

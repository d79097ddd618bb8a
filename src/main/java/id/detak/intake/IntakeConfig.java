package id.detak.intake;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of polls. */
@ConfigMapping(prefix = "detak")
public interface IntakeConfig {

    /** Requested after each poll that returned quotes. */
    Optional<String> heartbeatUrl();
}

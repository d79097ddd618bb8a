package id.detak.retention;

import io.smallrye.config.ConfigMapping;
import java.time.Period;
import java.util.Optional;

/** How long data is kept; empty for ever. */
@ConfigMapping(prefix = "detak")
public interface RetentionConfig {

    Optional<Period> keepObservations();

    Optional<Period> keepPages();

    Optional<Period> keepNotifications();
}

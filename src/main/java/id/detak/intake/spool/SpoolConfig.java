package id.detak.intake.spool;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;

/** Limits of the spool. */
@ConfigMapping(prefix = "detak")
public interface SpoolConfig {

    /** Megabytes on disk for polls during a database outage. */
    @WithDefault("256")
    @PositiveOrZero
    int spoolMb();
}

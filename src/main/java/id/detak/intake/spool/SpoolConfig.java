package id.detak.intake.spool;

import id.detak.platform.NonNegative;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Limits of the spool. */
@ConfigMapping(prefix = "detak")
public interface SpoolConfig {

    /** Megabytes on disk for polls during a database outage. */
    @WithDefault("256")
    @WithConverter(NonNegative.class)
    int spoolMb();
}

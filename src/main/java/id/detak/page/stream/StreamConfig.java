package id.detak.page.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.PositiveOrZero;

/** Limits on open streams. */
@ConfigMapping(prefix = "detak")
public interface StreamConfig {

    @WithDefault("2000")
    @PositiveOrZero
    int streams();

    @WithDefault("20")
    @PositiveOrZero
    int streamsPerClient();
}

package id.detak.page.stream;

import id.detak.platform.NonNegative;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** Limits on open streams. */
@ConfigMapping(prefix = "detak")
public interface StreamConfig {

    @WithDefault("2000")
    @WithConverter(NonNegative.class)
    int streams();

    @WithDefault("20")
    @WithConverter(NonNegative.class)
    int streamsPerClient();
}

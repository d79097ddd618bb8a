package id.detak.indicator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of calendars. */
@ConfigMapping(prefix = "detak")
public interface IndicatorConfig {

    @WithDefault("idx")
    MarketHours marketHours();
}

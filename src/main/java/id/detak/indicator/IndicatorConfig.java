package id.detak.indicator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of calendars and of new labels. */
@ConfigMapping(prefix = "detak")
public interface IndicatorConfig {

    @WithDefault("idx")
    MarketHours marketHours();

    Discovery discovery();

    /** The conditions under which a new label becomes an indicator. */
    interface Discovery {

        /** The number of a source's polls that must show it. */
        @WithDefault("3")
        int captures();

        /** The most new indicators of one page. */
        @WithDefault("20")
        int perPage();

        /** The most indicators that {@code indicators.csv} does not name. */
        @WithDefault("200")
        int most();
    }
}

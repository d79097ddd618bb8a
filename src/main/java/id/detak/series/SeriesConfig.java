package id.detak.series;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the checks against earlier observations. */
@ConfigMapping(prefix = "detak")
public interface SeriesConfig {

    /** Consecutive polls that must agree before an implausible level is accepted as a new one. */
    @WithDefault("3")
    int levelPolls();

    /** Trading days on which a fund's percentage may stay the same. */
    @WithDefault("5")
    int frozenDays();
}

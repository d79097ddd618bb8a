package id.detak.cli;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The parts of the server that a process runs, for commands and tests. */
@ConfigMapping(prefix = "detak")
public interface ServerConfig {

    @WithDefault("true")
    boolean serving();

    @WithDefault("true")
    boolean polling();
}

package id.detak.capture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;

/** Additional pages to poll: {@code detak.sources.<name>.url}. */
@ConfigMapping(prefix = "detak.sources")
public interface SourcesConfig {

    @WithParentName
    Map<String, Source> sources();

    interface Source {
        String url();
    }
}

package id.detak.capture;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The pages to watch. */
@ConfigMapping(prefix = "detak")
public interface CaptureConfig {

    @WithDefault("https://www.kontan.co.id/")
    String sourceUrl();

    /** More pages to watch, by name. */
    Map<String, SourceConfig> sources();

    /** The interval between polls at all hours; empty: it depends on trading hours. */
    Optional<Duration> pollEvery();

    interface SourceConfig {

        String url();
    }
}

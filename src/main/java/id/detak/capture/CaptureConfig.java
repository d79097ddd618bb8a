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

    /** The longest pause that a server may ask for, if it served the source before. */
    @WithDefault("1h")
    Duration retryAfterLimit();

    /** More pages to watch, by name; also further settings of the source {@code kontan}. */
    Map<String, SourceConfig> sources();

    /** The interval between polls at all hours; empty: it depends on trading hours. */
    Optional<Duration> pollEvery();

    interface SourceConfig {

        /** Required for all but {@code kontan}, whose address is {@link CaptureConfig#sourceUrl()}. */
        Optional<String> url();
    }
}

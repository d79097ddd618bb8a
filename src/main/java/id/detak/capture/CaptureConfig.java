package id.detak.capture;

import id.detak.platform.Positive;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
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

    /** Space for pages without a strip, in MB. */
    @WithDefault("256")
    @WithConverter(Positive.class)
    int pagesMb();

    /** Host names, addresses or networks that names of sources may lead to although they are internal. */
    Optional<String> sourceAllow();

    /** Names of sources, the leading one first; others follow. */
    Optional<List<String>> sourceOrder();

    /** How much later or earlier than the leading source another one may show a number. */
    @WithDefault("30m")
    Duration sourceLag();

    /** The interval between polls at all hours; empty: it depends on trading hours. */
    Optional<Duration> pollEvery();

    interface SourceConfig {

        /** Required for all but {@code kontan}, whose address is {@link CaptureConfig#sourceUrl()}. */
        Optional<String> url();

        /** The words above the strip, if they are none that the parser knows. */
        Optional<String> heading();

        /** A CSS selector of the element that holds the strip. */
        Optional<String> selector();

        /** Its own request headers, such as {@code Authorization}. */
        Map<String, String> headers();

        /** The name of a {@code quarkus.proxy} configuration, or {@code none}; empty for the default one. */
        Optional<String> proxy();

        /** The name of a {@code quarkus.tls} configuration; empty for the default one. */
        Optional<String> tls();
    }
}

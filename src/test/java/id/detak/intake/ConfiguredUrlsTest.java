package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.capture.CaptureConfig.SourceConfig;
import id.detak.capture.Sources;
import id.detak.platform.BadSettingException;
import id.detak.platform.PublicUrl;
import id.detak.platform.StartupSettings;
import id.detak.platform.net.OutgoingConnection;
import id.detak.testsupport.BesideTheApplication;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every setting that takes a URL accepts only http and https, checked after parsing. Compare CVE-2024-51483 of
 * changedetection.io.
 */
@BesideTheApplication
class ConfiguredUrlsTest {

    private static final Map<String, Consumer<String>> SETTINGS = Map.of(
            "DETAK_SOURCE_URL", url -> new Sources(null, url, Map.of(), List.of(), Duration.ZERO, Duration.ZERO),
            "detak.sources.other.url",
                    url -> new Sources(
                            null,
                            "https://page.example/",
                            Map.of("other", source(url)),
                            List.of(),
                            Duration.ZERO,
                            Duration.ZERO),
            "DETAK_HEARTBEAT_URL", url -> new Heartbeat(Optional.of(url), OutgoingConnection.DIRECT),
            "DETAK_PUBLIC_URL", url -> new PublicUrl(Optional.of(url), 8080),
            "DETAK_OIDC_URL",
                    url -> StartupSettings.of(new SmallRyeConfigBuilder()
                            .withDefaultValue("detak.oidc.url", url)
                            .build()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/canary",
                "file:/etc/canary",
                "FILE:///etc/canary",
                " file:///etc/canary",
                "\tfile:///etc/canary",
                "fi\tle:///etc/canary",
                "fi\nle:///etc/canary",
                "\u0000file:///etc/canary",
                "source:file:///etc/canary",
                "source:http://canary.example/",
                "jar:file:///canary.jar!/x",
                "jar:http://canary.example/x.jar!/x",
                "view-source:http://canary.example/",
                "ftp://canary.example/",
                "gopher://canary.example/",
                "data:text/html,canary",
                "javascript:canary",
                "netdoc:///etc/canary",
                "//canary.example/",
                "/etc/canary",
                "canary",
                "http:canary",
                "http:///canary",
                "http:/canary",
                "https://canary:canary@h.example/",
                "https://h.example:0/canary",
                "ht\ntp://canary.example/",
                "http://h.example/ca nary",
                "http\u0130://canary.example",
                "\u200bfile:///canary",
                "file\uff1a///canary"
            })
    void onlyHttpAndHttpsAreAccepted(String url) {
        SETTINGS.forEach((setting, take) -> assertThatThrownBy(() -> take.accept(url))
                .as(setting)
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith(setting + " must be the http or https address of ")
                .hasMessageNotContainingAny("canary", "\n", "\t"));
    }

    @Test
    void schemeCaseAndSurroundingBlanksDoNotMatter() {
        SETTINGS.values().forEach(take -> take.accept(" HTTPS://Detak.Example:8443/path/\n"));
        assertThat(new PublicUrl(Optional.of(" HTTPS://Detak.Example:443/path/\n"), 8080).of("/alerts"))
                .isEqualTo("https://detak.example/path/alerts");
        assertThat(new PublicUrl(Optional.of("https://detak.example"), 8080).of("/alerts"))
                .isEqualTo("https://detak.example/alerts");
        assertThatThrownBy(() -> new PublicUrl(Optional.of("https://detak.example/?x"), 8080))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("DETAK_PUBLIC_URL");
    }

    private static SourceConfig source(String url) {
        return new SourceConfig() {
            @Override
            public Optional<String> heading() {
                return Optional.empty();
            }

            @Override
            public Optional<String> selector() {
                return Optional.empty();
            }

            @Override
            public Optional<String> url() {
                return Optional.of(url);
            }

            @Override
            public Map<String, String> headers() {
                return Map.of();
            }

            @Override
            public Optional<String> proxy() {
                return Optional.empty();
            }

            @Override
            public Optional<String> tls() {
                return Optional.empty();
            }
        };
    }
}

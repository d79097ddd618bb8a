package id.detak.capture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import id.detak.platform.Version;
import id.detak.testsupport.BesideTheApplication;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class FetchLimitsTest {
    @Test
    void defaultsMatchDocumentation() {
        assertThat(FetchLimits.defaults())
                .isEqualTo(new FetchLimits(
                        Duration.ofSeconds(30),
                        5 * 1024 * 1024,
                        5,
                        "Detak/" + Version.NUMBER + " (market indicator tracker; self-hosted; honours robots.txt)"));
    }

    @Test
    void invalidLimitsAreRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(Duration.ZERO, 1, 1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(Duration.ofDays(400_000), 1, 1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(second, 0, 1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(second, 1, -1, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(second, 1, 1, "a\r\nb: c"));
        assertThatIllegalArgumentException().isThrownBy(() -> new FetchLimits(second, 1, 1, " "));
    }
}

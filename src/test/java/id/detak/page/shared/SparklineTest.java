package id.detak.page.shared;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.page.shared.Sparkline.Spot;
import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class SparklineTest {

    private static Spot spot(double share, String value, boolean apart) {
        return new Spot(share, new BigDecimal(value), apart);
    }

    @Test
    void pointsStandAtTheirTimeWithOneDecimal() {
        Sparkline line = Sparkline.of(
                List.of(spot(0, "1", false), spot(0.2, "3.5", false), spot(0.25, "2", false)),
                new BigDecimal("2.25"),
                false);
        assertThat(line.path()).isEqualTo("M0.0 22.0L20.0 2.0L25.0 14.0");
        assertThat(line.bridges()).isEmpty();
        assertThat(line.baseline()).isEqualTo("12.0");
    }

    @Test
    void gapInterruptsTheLine() {
        Sparkline line = Sparkline.of(
                List.of(spot(0.1, "1", false), spot(0.2, "2", false), spot(0.6, "3", true), spot(0.9, "1", true)),
                null,
                false);
        assertThat(line.path()).isEqualTo("M10.0 22.0L20.0 12.0");
        assertThat(line.dots()).isEqualTo("M60.0 2.0h0M90.0 22.0h0");
        assertThat(line.bridges()).isEqualTo("M20.0 12.0L60.0 2.0M60.0 2.0L90.0 22.0");
    }

    @Test
    void onePointIsADot() {
        assertThat(Sparkline.of(List.of(spot(0.5, "1", false)), null, false).dots())
                .isEqualTo("M50.0 12.0h0");
        assertThat(Sparkline.of(List.of(), BigDecimal.ONE, false).isEmpty()).isTrue();
    }

    @Test
    void digitsDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(Sparkline.of(List.of(spot(0, "1", false), spot(1, "10", false)), null, true)
                            .path())
                    .isEqualTo("M0.0 22.0L100.0 2.0");
        } finally {
            Locale.setDefault(before);
        }
    }
}

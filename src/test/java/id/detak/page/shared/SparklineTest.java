package id.detak.page.shared;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class SparklineTest {

    @Test
    void pointsFillTheBoxWithOneDecimal() {
        Sparkline line = Sparkline.of(
                List.of(new BigDecimal(1), new BigDecimal("3.5"), new BigDecimal(2)),
                0.25,
                new BigDecimal("2.25"),
                false);
        assertThat(line.path()).isEqualTo("M0.0 22.0L12.5 2.0L25.0 14.0");
        assertThat(line.baseline()).isEqualTo("12.0");
    }

    @Test
    void digitsDoNotDependOnTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            assertThat(Sparkline.of(List.of(BigDecimal.ONE, BigDecimal.TEN), 1, null, true)
                            .path())
                    .isEqualTo("M0.0 22.0L100.0 2.0");
        } finally {
            Locale.setDefault(before);
        }
    }
}

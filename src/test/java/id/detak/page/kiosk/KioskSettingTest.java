package id.detak.page.kiosk;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BesideTheApplication
class KioskSettingTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, 10",
                "2, 2",
                "3600, 3600",
                "' 30 ', 30",
                "1, 10",
                "3601, 10",
                "-5, 10",
                "soon, 10",
                "'', 10",
                "99999999999, 10"
            })
    void invalidIntervalsAreIgnored(String every, int seconds) {
        assertThat(KioskSetting.of("LQ45", every).every()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"-, ''", "'', ''", "' , ,', ''", "LQ45, LQ45", "' LQ45,,usd/idr , LQ45', LQ45 usd/idr"})
    void codesKeepTheirOrderWithoutDuplicates(String codes, String found) {
        assertThat(KioskSetting.of(codes, null).codes())
                .isEqualTo(found.isEmpty() ? List.of() : List.of(found.split(" ")));
    }
}

package id.detak.strip;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class NumberReaderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "898,78 898.78",
                "898.78 898.78",
                "1.319.000 1319000",
                "1,319,000 1319000",
                "7.166 7166",
                "1.055 1055",
                "1.012,34 1012.34",
                "1,012.34 1012.34",
                "1319000 1319000",
                "0,00 0.00",
                "0.131 0.131",
                "1234.567 1234.567",
                "12.3456 12.3456",
                "5 5"
            })
    void aValueIsReadExactly(String printed, BigDecimal value) {
        assertThat(NumberReader.values(printed)).isEqualTo(List.of(value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.31.000",
                "898,",
                ",5",
                "1..2",
                "1.2,3.4",
                "1234.567,8",
                "007",
                "1.000.00",
                "0.000.000",
                "1,00,000",
                "1.0000.000",
                "1234567890123456789"
            })
    void whatIsNotAWholeNumberIsNone(String printed) {
        assertThat(NumberReader.values(printed)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"2.68 2.68", "0,00 0.00", "1.234 1.234", "1.234,5 1234.5", "3 3"})
    void inAPercentASingleMarkIsTheDecimalMark(String printed, BigDecimal percent) {
        assertThat(NumberReader.percent(printed)).contains(percent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {"1,055 1.055 1055"})
    void aCommaBeforeThreeDigitsHasTwoReadings(String printed, BigDecimal first, BigDecimal second) {
        assertThat(NumberReader.values(printed)).containsExactly(first, second);
    }
}

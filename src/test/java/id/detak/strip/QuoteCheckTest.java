package id.detak.strip;

import static id.detak.strip.Strips.only;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class QuoteCheckTest {

    @Test
    void allThreeFieldsAreRounded() {
        assertThat(told(only("IDX30 436 -0,20 -0,04%"))).isEqualTo("IDX30 436 -0.20 -0.04 436.20 OK");
        assertThat(only("IDX 7.166 0,01 0,00%").quality()).isEqualTo(Quality.OK);
        assertThat(only("IDX 7.166 0,50 0,00%").quality()).isEqualTo(Quality.SUSPECT);
    }

    @Test
    void aTouchOfTheBoundsIsEnough() {
        // 1 / 100 = 1 %, and 0,5 rounds to it from below: 0,995 / 100,5 = 0,99 %.
        assertThat(only("LQ45 101,00 1,00 1,00%").quality()).isEqualTo(Quality.OK);
        assertThat(only("LQ45 101,00 1,00 1,02%").quality()).isEqualTo(Quality.SUSPECT);
    }

    @Test
    void theDayBeforeHadAPrice() {
        assertThat(told(only("LQ45 10,00 +20,00 -200,00%"))).isEqualTo("LQ45 10.00 20.00 -200.00 - SUSPECT");
    }

    @Test
    void aPairMayPrintItsSignTurnedRound() {
        assertThat(told(only("USD/IDR 16.146 54,00 0,33%"))).isEqualTo("USD/IDR 16146 54.00 0.33 16200.00 OK");
        assertThat(told(only("USD/IDR 16.296 -201,00 -1,25%"))).isEqualTo("USD/IDR 16296 -201.00 -1.25 16095.00 OK");
    }

    @Test
    void aPairMayPrintItsSignAsUsual() {
        assertThat(told(only("USD/IDR 16.445 -75,00 -0,45%"))).isEqualTo("USD/IDR 16445 -75.00 -0.45 16520.00 OK");
    }

    @Test
    void ambiguousPairsHaveNoPreviousCloseUnlessUnchanged() {
        assertThat(told(only("USD/IDR 16.900 45,00 0,27%"))).isEqualTo("USD/IDR 16900 45.00 0.27 - OK");
        assertThat(told(only("USD/IDR 16.175 0,00 0,00%"))).isEqualTo("USD/IDR 16175 0.00 0.00 16175 OK");
        assertThat(only("USD/IDR 16.175 0,00 0,50%").quality()).isEqualTo(Quality.SUSPECT);
    }

    @Test
    void onlyAPairMayTurnItsSign() {
        assertThat(only("IDX 16.146 54,00 0,33%").quality()).isEqualTo(Quality.SUSPECT);
    }

    @Test
    void aQuoteCannotBeBuiltWrong() {
        assertThatThrownBy(() -> Strips.quote("A", "A", null, null, null, null, Quality.UNCHECKED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Strips.quote("A", "A", null, "1", "1", null, Quality.UNCHECKED))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Strips.quote("A", "A", "1", null, "1", null, Quality.OK))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KnownLabel(" ", "A")).isInstanceOf(IllegalArgumentException.class);
    }
}

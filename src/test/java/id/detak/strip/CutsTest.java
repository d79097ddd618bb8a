package id.detak.strip;

import static id.detak.strip.Strips.only;
import static id.detak.strip.Strips.told;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class CutsTest {

    @Test
    void theCheckDecidesBetweenTwoKnownLabels() {
        assertThat(told(only("IDX30427 -6,80 -1,57%"))).isEqualTo("IDX30 427 -6.80 -1.57 433.80 OK");
        assertThat(told(only("IDX30427 -6,80 -0,02%"))).isEqualTo("IDX 30427 -6.80 -0.02 30433.80 OK");
    }

    @Test
    void undecidedCutsTakeTheLongestKnownLabelAsSuspect() {
        assertThat(told(only("IDX30427 -1,57%"))).isEqualTo("IDX30 427 - -1.57 - SUSPECT");
        assertThat(told(only("IDX30427 -6,80 -9,99%"))).isEqualTo("IDX30 427 -6.80 -9.99 - SUSPECT");
        assertThat(told(only("IDX30-1,57%"))).isEqualTo("IDX30 - - -1.57 - SUSPECT");
    }

    @Test
    void oneCutAloneIsNotSuspect() {
        assertThat(told(only("LQ45898,78"))).isEqualTo("LQ45 898.78 - - - UNCHECKED");
        assertThat(told(only("EMAS1.319.000 0,00%"))).isEqualTo("EMAS 1319000 - 0.00 - UNCHECKED");
        assertThat(told(only("RD.PASAR UANG0.04%"))).isEqualTo("RD.PASAR UANG - - 0.04 - UNCHECKED");
    }

    @Test
    void aKnownLabelApartIsDecisive() {
        assertThat(told(only("IDX30 -1,57%"))).isEqualTo("IDX30 - - -1.57 - UNCHECKED");
        assertThat(told(only("IDX30 427 -6,80 -1,57%"))).isEqualTo("IDX30 427 -6.80 -1.57 433.80 OK");
        assertThat(told(only("IDX 30 427 -6,80 -1,57%"))).isEqualTo("IDX30 427 -6.80 -1.57 433.80 OK");
    }

    @Test
    void aGluedLabelOnNoListIsCutByTheCheck() {
        assertThat(told(only("SRIKEHATI350 -2,00 -0,57%"))).isEqualTo("SRIKEHATI 350 -2.00 -0.57 352.00 OK");
        assertThat(told(only("BISNIS27512 -6,51 -1,26%"))).isEqualTo("BISNIS27 512 -6.51 -1.26 518.51 OK");
        assertThat(told(only("BISNIS27512 -6,51 -9,99%"))).isEqualTo("BISNIS 27512 -6.51 -9.99 - SUSPECT");
        assertThat(told(only("JII1000 -6,51 -0,65%"))).isEqualTo("JII 1000 -6.51 -0.65 1006.51 OK");
    }

    @Test
    void unknownLabelWithAKnownPrefixIsItsOwnIndicator() {
        assertThat(only("IDXSHAGROW 100,00 1,00 1,01%").code()).isEqualTo("IDXSHAGROW");
        assertThat(told(only("PERAKRp1.000 0,50%"))).isEqualTo("PERAK 1000 - 0.50 - UNCHECKED");
    }

    @Test
    void aQuoteThatDoesNotAgreeIsKeptAndSuspect() {
        assertThat(told(only("LQ45898,78 -24,72 -2.86%"))).isEqualTo("LQ45 898.78 -24.72 -2.86 - SUSPECT");
        assertThat(told(only("ISSI214 0,13 0,99%"))).isEqualTo("ISSI 214 0.13 0.99 - SUSPECT");
    }
}

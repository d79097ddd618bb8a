package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class GzipTest {

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate, gzip, br", "GZIP", "gzip;q=0.001", "gzip ; q=1", "br;q=0, x-gzip", "*", "identity, *;q=0.5", "*;q=0, gzip"})
    void isTaken(String header) {
        assertThat(Gzip.isAccepted(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "br, deflate", "gzip;q=0", "gzip; q=0.000", "gzip;Q=0.", "*;q=0", "*, gzip;q=0", "gzipped"})
    void isNotTaken(String header) {
        assertThat(Gzip.isAccepted(header)).isFalse();
    }

    @Test
    void isNotTakenByWhoSaysNothing() {
        assertThat(Gzip.isAccepted(null)).isFalse();
    }

    @Test
    void givesBackWhatWentIn() throws Exception {
        byte[] body = "angka ".repeat(2000).getBytes();
        byte[] gzip = Gzip.of(body);
        assertThat(gzip).hasSizeLessThan(body.length / 10);
        assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes()).isEqualTo(body);
    }
}

package id.detak.http;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class AcceptEncodingTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "deflate, gzip, br",
                "GZIP",
                "gzip;q=0.001",
                "gzip ; q=1",
                "br;q=0, x-gzip",
                "*",
                "identity, *;q=0.5",
                "*;q=0, gzip"
            })
    void allowsGzip(String header) {
        assertThat(AcceptEncoding.allowsGzip(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "identity",
                "br, deflate",
                "gzip;q=0",
                "gzip; q=0.000",
                "gzip;Q=0.",
                "*;q=0",
                "*, gzip;q=0",
                "gzipped"
            })
    void refusesGzip(String header) {
        assertThat(AcceptEncoding.allowsGzip(header)).isFalse();
    }

    @Test
    void missingHeaderRefusesGzip() {
        assertThat(AcceptEncoding.allowsGzip(null)).isFalse();
    }
}

package id.detak.series.history;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.RawHttp;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
class EmptyAcceptTest {

    @TestHTTPResource("/")
    URI site;

    @Test
    void emptyAcceptHeaderStatesNoPreference() throws IOException {
        RawHttp http = new RawHttp(site);
        assertThat(http.statusAlone(http.request("GET", "/api/v1/indicators/LQ45/history", "Accept: \r\n")))
                .isEqualTo(200);
        assertThat(http.statusAlone(http.request(
                        "GET", "/api/v1/indicators/LQ45/history", "Accept: text/csv;q=x, */*;q=-1\r\nAccept: \r\n")))
                .isEqualTo(200);
        assertThat(http.statusAlone(http.request("GET", "/api/v1/indicators/NOPE/history", "Accept: \r\n")))
                .isEqualTo(404);
    }
}

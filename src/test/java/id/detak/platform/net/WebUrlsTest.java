package id.detak.platform.net;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BesideTheApplication
class WebUrlsTest {
    @ParameterizedTest
    @CsvSource({
        "http://H:80/x?y, http://h",
        "https://h:443, https://h",
        "HTTP://h:443/, http://h:443",
        "http://[::1]:8080/x, http://[::1]:8080"
    })
    void theOriginIsSchemeHostAndPort(String url, String origin) {
        assertThat(WebUrls.origin(URI.create(url))).isEqualTo(origin);
    }
}

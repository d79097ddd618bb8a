package id.detak.capture.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Redirects between http and https, without a server, which would need a trusted certificate. */
@BesideTheApplication
class DowngradeTest {
    private static URI target(String from, String location) throws FetchException {
        HttpHeaders headers = HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
        return RedirectFollower.target(
                new FetchedResponse(URI.create(from), new ResponseHead(302, headers, TestClock.START), new byte[0]));
    }

    @Test
    void httpsMayRedirectToHttpOnSameHostOnly() throws FetchException {
        assertThat(target("https://www.h.example/", "http://WWW.h.example/x")).hasToString("http://WWW.h.example/x");
        assertThatThrownBy(() -> target("https://www.h.example/", "http://h.example/x"))
                .isInstanceOf(FetchException.class)
                .hasMessageContaining("from https to another host");
    }

    @Test
    void httpMayRedirectToHttpsOnAnyHost() throws FetchException {
        assertThat(target("http://h.example/", "https://www.h.example/")).hasToString("https://www.h.example/");
        assertThat(target("https://h.example/", "https://other.example/")).hasToString("https://other.example/");
    }
}

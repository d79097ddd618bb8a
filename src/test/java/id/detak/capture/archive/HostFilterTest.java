package id.detak.capture.archive;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class HostFilterTest {

    private final HostFilter filter = HostFilter.of(List.of("www.Kontan.co.id.", " "));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://www.kontan.co.id/",
                "http://kontan.co.id",
                "https://investasi.kontan.co.id/berita",
                "HTTPS://WWW.KONTAN.CO.ID/",
                "http://kontan.co.id.:80/a",
                "http://pemakai:sandi@kontan.co.id/",
                "http://kontan.co.id:8080/?q=1",
                "http://kontan.co.id/a|b c[d]?e={f}#g#h%zz",
                "http://kontan.co.id/naïf\u20ac"
            })
    void hostsAndTheirSubdomainsMatch(String url) {
        assertThat(filter.match(url)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evilkontan.co.id/",
                "https://kontan.co.id.evil.example/",
                "https://kontan.co.id@evil.example/",
                "https://evil.example/kontan.co.id",
                "https://evil.example/?u=https://kontan.co.id/",
                "https://evil.example\\@kontan.co.id/",
                "https://evil.example#@kontan.co.id/",
                "ftp://kontan.co.id/",
                "dns:kontan.co.id",
                "kontan.co.id",
                "//kontan.co.id/",
                "",
                "http://",
                "http://kontan.co.id:80:80/",
                "https://kontan.co.idn/",
                "https://co.id/",
                "metadata://kontan.co.id/x",
                "https://kontan.co.id%2eevil.example/",
                "https://evil.example kontan.co.id/",
                "https://-kontan.co.id/",
                "<https://kontan.co.id/"
            })
    void lookAlikesDoNotMatch(String url) {
        assertThat(filter.match(url)).isEmpty();
    }

    @Test
    void textListsTheHosts() {
        assertThat(filter).hasToString("kontan.co.id");
        assertThat(HostFilter.of(List.of("b.example", "www.A.example"))).hasToString("b.example, a.example");
    }

    @Test
    void anyOfSeveralHostsMatches() {
        HostFilter both = HostFilter.of(List.of("a.example", "www.b.example"));
        assertThat(both.match("http://b.example/")).isPresent();
        assertThat(both.match("http://x.a.example/")).isPresent();
        assertThat(both.match("http://c.example/")).isEmpty();
        assertThat(HostFilter.of(List.of()).match("http://a.example/")).isEmpty();
    }
}

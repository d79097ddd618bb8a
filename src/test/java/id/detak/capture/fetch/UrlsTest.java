package id.detak.capture.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import java.net.URI;
import java.net.URISyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@BesideTheApplication
class UrlsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "http://h/a/b?q=1 | /x          | http://h/x",
                "http://h/a/b?q=1 | x           | http://h/a/x",
                "http://h/a/b?q=1 | ?r=2        | http://h/a/b?r=2",
                "http://h/a/b?q=1 | #f          | http://h/a/b?q=1",
                "http://h/a/b     | ../../../x  | http://h/x",
                "http://h/a/b     | ..          | http://h/",
                "http://h         | x           | http://h/x",
                "http://h         | ?x          | http://h/?x",
                "http://h/a       | //other/x   | http://other/x",
                "https://h/a      | //other:8/x | https://other:8/x",
                "http://h/a       | HTTPS://O   | HTTPS://O/",
                "http://h/a       | /b c{d      | http://h/b%20c%7Bd",
                "http://h/a       | /caf\u00c3\u00a9 | http://h/caf%C3%A9",
                "http://h/a       | \\\\evil/x  | http://h/%5C%5Cevil/x",
                "http://h/a       | /%7Eb?c=%20 | http://h/%7Eb?c=%20",
                "http://h/a       | http://o/a/./b/../c?d#e | http://o/a/c?d",
                "http://h/a       | mailto:x@y  | mailto:x@y"
            })
    void locationsResolveAsInBrowsers(String base, String location, String expected) throws URISyntaxException {
        assertThat(Urls.resolve(URI.create(base), location)).hasToString(expected);
    }

    @Test
    void userInfoIsRemoved() {
        assertThat(Urls.withoutUserInfo(URI.create("http://u:p@h:8/x?y#z"))).hasToString("http://h:8/x?y#z");
        assertThat(Urls.withoutUserInfo(URI.create("http://h/u@x"))).hasToString("http://h/u@x");
        assertThat(Urls.withoutUserInfo(URI.create("http://a@b@h/"))).hasToString("http://h/");
    }
}

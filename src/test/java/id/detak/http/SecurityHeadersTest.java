package id.detak.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Headers;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SecurityHeadersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sign-in",
                "/nope",
                "//",
                "/favicon.svg",
                "/favicon-alert.svg",
                "/sw.js",
                "/cards/NOPE.svg",
                "/api/v1/latest",
                "/api/v1/nope",
                "/q/health",
                "/q/metrics",
                "/q/openapi",
                "/q/swagger-ui/"
            })
    void everyResponseHasEachHeaderOnce(String path) {
        Headers headers = given().urlEncodingEnabled(false).get(path).headers();
        for (String name : List.of(
                "X-Content-Type-Options",
                "X-Frame-Options",
                "Referrer-Policy",
                "Permissions-Policy",
                "Cross-Origin-Opener-Policy",
                "Cross-Origin-Resource-Policy",
                "Content-Security-Policy")) {
            assertThat(headers.getList(name)).as(name).hasSize(1);
        }
        assertThat(headers.getValue("Content-Security-Policy"))
                .startsWith("default-src 'none'")
                .doesNotContain("unsafe", "http:", "*");
        assertThat(headers.hasHeaderWithName("Server")).isFalse();
    }
}

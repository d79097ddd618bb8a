package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page whose name leads to this machine (DNS rebinding) can read nothing. */
@QuarkusTest
class HostCheckTest {

    @TestHTTPResource("/")
    URI site;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/latest, rebound.example, 403",
        "/, rebound.example, 403",
        "/q/metrics, rebound.example:8081, 403",
        "/static/x, localhost.rebound.example, 403",
        "/q/health/live, detak-1, 200",
        "/api/v1/latest, localhost, 200",
        "/api/v1/latest, LOCALHOST:8080, 200",
        "/api/v1/latest, 192.0.2.1:80, 200",
        "/api/v1/latest, [::1]:8080, 200"
    })
    void readsNeedAKnownHost(String path, String host, int status) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status);
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/latest, 200", "/q/health/live, 200"})
    void programsMaySendNone(String path, int status) throws IOException {
        assertThat(answer("GET " + path + " HTTP/1.0\r\n\r\n")).contains(" " + status + " ");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(site.getHost(), site.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}

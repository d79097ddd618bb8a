package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import id.detak.testsupport.ForwardProxy;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source behind a proxy, with its own certificate and headers, and a cookie wall. */
class ConnectionsIT {

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpsServer origin;
    private ForwardProxy proxy;
    private PackagedDetak detak;

    @BeforeEach
    void start() throws Exception {
        TestCertificate certificate = TestCertificate.of(folder, "dns:kontan.test");
        certificate.writePem(folder.resolve("ca.pem"));
        origin = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        origin.createContext("/", this::answer);
        origin.start();
        proxy = ForwardProxy.start();
        detak = PackagedDetak.on(folder.resolve("data"))
                .with(
                        "DETAK_SOURCE_URL",
                        "https://kontan.test:" + origin.getAddress().getPort() + "/")
                .with("QUARKUS_PROXY_HOST", "127.0.0.1")
                .with("QUARKUS_PROXY_PORT", proxy.port())
                .with("QUARKUS_PROXY_USERNAME", "me")
                .with("QUARKUS_PROXY_PASSWORD", "canary")
                .with("QUARKUS_TLS_TRUST_STORE_PEM_CERTS", folder.resolve("ca.pem"))
                .with("DETAK_SOURCES_KONTAN_HEADERS_AUTHORIZATION", "Bearer canary")
                .with("DETAK_SOURCES_KONTAN_HEADERS_USER_AGENT", "Mozilla/5.0");
    }

    @AfterEach
    void stop() {
        origin.stop(0);
        proxy.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("User-Agent") + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + exchange.getRequestHeaders().getFirst("Cookie"));
            if (path.equals("/robots.txt")) {
                exchange.sendResponseHeaders(404, -1);
            } else if (exchange.getRequestHeaders().getFirst("Cookie") == null) {
                exchange.getResponseHeaders().set("Location", "/");
                exchange.getResponseHeaders().set("Set-Cookie", "seen=1; Path=/; Secure");
                exchange.sendResponseHeaders(302, -1);
            } else {
                byte[] page = Pages.EARLY.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
            }
        }
    }

    @Test
    void sourcesAreReachedThroughAProxyWithTheirHeaders() {
        PackagedDetak.Finished result = detak.run("poll");
        assertThat(result.exitCode()).as(result.errors()).isZero();
        assertThat(result.output()).contains("LQ45").doesNotContain("canary");
        assertThat(result.errors()).doesNotContain("canary");
        assertThat(asked)
                .containsExactly(
                        "/robots.txt Mozilla/5.0 null null",
                        "/ Mozilla/5.0 Bearer canary null",
                        "/ Mozilla/5.0 Bearer canary seen=1");
        assertThat(proxy.heads).isNotEmpty().allSatisfy(head -> assertThat(head)
                .startsWith("CONNECT kontan.test:")
                .containsIgnoringCase("Proxy-Authorization: Basic bWU6Y2FuYXJ5"));
    }

    @Test
    void wrongNamesAndFilesAreReportedInOneLine() {
        for (PackagedDetak wrong : List.of(
                detak.with("DETAK_SOURCES_KONTAN_PROXY", "office"),
                detak.with("DETAK_SOURCES_KONTAN_TLS", "office"),
                detak.with("DETAK_NOTIFY_PROXY", "office"),
                detak.with("QUARKUS_TLS_TRUST_STORE_PEM_CERTS", "/nowhere.pem"),
                detak.with("DETAK_SOURCES_KONTAN_HEADERS_HOST", "canary"),
                detak.with("DETAK_SOURCES_KONTAN_HEADERS_AUTHORIZATION", "can\nary"))) {
            PackagedDetak.Finished result = wrong.run("poll");
            assertThat(result.exitCode()).as(result.errors()).isEqualTo(ExitCode.WRONG_USE);
            assertThat(result.errors().lines().filter(line -> line.startsWith("detak: ")))
                    .as(result.errors())
                    .hasSize(1);
            assertThat(result.errors()).doesNotContain("canary", "\tat ");
        }
        assertThat(asked).isEmpty();
    }
}

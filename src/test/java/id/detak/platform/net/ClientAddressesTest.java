package id.detak.platform.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.BadSettingException;
import id.detak.testsupport.BesideTheApplication;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client cannot choose the address by which it is counted. Requests come from 127.0.0.1. */
@BesideTheApplication
class ClientAddressesTest {

    private static final String OWN = "127.0.0.1 loopback";

    private static Vertx vertx;
    private static HttpServer server;
    private static volatile ClientAddresses addresses;

    @BeforeAll
    static void start() {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    ClientAddress client = addresses.of(request);
                    request.response().end(client.text() + (client.isLoopback() ? " loopback" : ""));
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String seen(boolean forwarding, boolean standardHeader, List<String> trusted, String... headers)
            throws IOException, InterruptedException {
        addresses = new ClientAddresses(forwarding, standardHeader, Optional.ofNullable(trusted));
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + "/"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient()
                .send(request.build(), BodyHandlers.ofString())
                .body();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            203.0.113.7                          | 203.0.113.7
            198.51.100.1, 203.0.113.7            | 203.0.113.7
            127.0.0.1, 203.0.113.7               | 203.0.113.7
            203.0.113.7, 10.0.0.3, 127.0.0.1     | 203.0.113.7
            198.51.100.1, 203.0.113.7, 10.0.0.3  | 203.0.113.7
            203.0.113.7:4711                     | 203.0.113.7
            '[2001:db8:1:2::7]:4711'             | 20010db800010002
            2001:db8:1:2::7                      | 20010db800010002
            ::ffff:203.0.113.7                   | 203.0.113.7
            127.0.0.1                            | 127.0.0.1
            127.0.0.1, 10.0.0.3                  | 127.0.0.1
            ::1                                  | 0000000000000000
            198.51.100.1, nonsense               | unknown
            '198.51.100.1,'                      | unknown
            """)
    void lastAddressThatIsNoTrustedProxyCounts(String header, String client) throws Exception {
        List<String> trusted = List.of("127.0.0.1", " 10.0.0.0/8");
        assertThat(seen(true, false, trusted, "X-Forwarded-For", header)).isEqualTo(client);
    }

    @Test
    void severalLinesAreOneList() throws Exception {
        assertThat(seen(
                        true,
                        false,
                        List.of("localhost"),
                        "X-Forwarded-For",
                        "198.51.100.1",
                        "X-Forwarded-For",
                        "203.0.113.7"))
                .isEqualTo("203.0.113.7");
    }

    @Test
    void withoutAListOfProxiesOnlyTheLastAddressCounts() throws Exception {
        assertThat(seen(true, false, null, "X-Forwarded-For", "198.51.100.1, 10.0.0.3"))
                .isEqualTo("10.0.0.3");
        assertThat(seen(true, false, null)).isEqualTo(OWN);
    }

    @Test
    void headersOfOthersDoNotCount() throws Exception {
        assertThat(seen(true, false, List.of("10.0.0.3"), "X-Forwarded-For", "203.0.113.7"))
                .isEqualTo(OWN);
        assertThat(seen(false, false, List.of("127.0.0.1"), "X-Forwarded-For", "203.0.113.7"))
                .isEqualTo(OWN);
        assertThat(seen(true, false, List.of("127.0.0.1"), "Forwarded", "for=203.0.113.7"))
                .isEqualTo(OWN);
    }

    @Test
    void standardHeaderIsReadInTheSameWay() throws Exception {
        assertThat(seen(
                        true,
                        true,
                        List.of("127.0.0.1", "10.0.0.0/8"),
                        "Forwarded",
                        "for=198.51.100.1, For=\"[2001:db8:1:2::7]:80\";proto=https;by=10.0.0.1, proto=http;for=10.0.0.3",
                        "X-Forwarded-For",
                        "192.0.2.1"))
                .isEqualTo("20010db800010002");
    }

    @Test
    void unreadableProxyIsExplained() {
        assertThatThrownBy(() -> new ClientAddresses(true, false, Optional.of(List.of("10.0.0.0/99"))))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("QUARKUS_HTTP_PROXY_TRUSTED_PROXIES");
    }
}

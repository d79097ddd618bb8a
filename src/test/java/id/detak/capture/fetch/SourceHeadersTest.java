package id.detak.capture.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static id.detak.capture.fetch.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.platform.BadSettingException;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ForwardProxy;
import id.detak.testsupport.TestProxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A source's own headers and its proxy. */
@BesideTheApplication
class SourceHeadersTest {

    private static final SourceHeaders OWN = SourceHeaders.of(
            "detak.sources.x.headers",
            Map.of("user.agent", "Mozilla/5.0", "authorization", "Bearer canary", "accept", "text/plain"));

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    @RegisterExtension
    static final WireMockExtension OTHER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    private final PageFetcher fetcher = Fetching.fetcher(new TestClock());

    @BeforeEach
    void servePagesByDefault() {
        for (WireMockExtension server : new WireMockExtension[] {SERVER, OTHER}) {
            server.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withBody("page")));
            server.stubFor(get(urlEqualTo("/robots.txt"))
                    .atPriority(8)
                    .willReturn(aResponse().withStatus(404)));
        }
    }

    private static FetchRequest request(String url) {
        return new FetchRequest(URI.create(url), null, null, OWN);
    }

    @Test
    void onlyTheSourceItselfReceivesThem() {
        SERVER.stubFor(get(urlEqualTo("/a"))
                .willReturn(aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl() + "/b")));
        assertThat(text(fetcher.fetch(request(SERVER.baseUrl() + "/a")))).isEqualTo("page");
        SERVER.verify(getRequestedFor(urlEqualTo("/a"))
                .withHeader("Authorization", equalTo("Bearer canary"))
                .withHeader("Accept", equalTo("text/plain"))
                .withHeader("User-Agent", equalTo("Mozilla/5.0")));
        // the same host at another port is another origin
        OTHER.verify(getRequestedFor(urlEqualTo("/b"))
                .withHeader("Authorization", absent())
                .withHeader("User-Agent", equalTo("Mozilla/5.0")));
        for (WireMockExtension server : new WireMockExtension[] {SERVER, OTHER}) {
            server.verify(getRequestedFor(urlEqualTo("/robots.txt"))
                    .withHeader("Authorization", absent())
                    .withHeader("User-Agent", equalTo("Mozilla/5.0")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example/,       http://h.example/x,       true",
        "http://h.example/,       https://h.example/,       true",
        "http://h.example:80/,    https://h.example:443/,   true",
        "https://h.example/,      http://h.example/,        false",
        "http://h.example:8080/,  https://h.example/,       false",
        "http://h.example/,       https://h.example:8443/,  false",
        "https://h.example/,      https://www.h.example/,   false",
        "https://h.example/,      https://h.example:444/,   false"
    })
    void secretsFollowNoRedirectToAnotherOrigin(URI source, URI page, boolean sent) {
        assertThat(OWN.to(page, source).containsKey("Authorization")).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Connection",
                "Transfer-Encoding",
                "Accept-Encoding",
                "If-None-Match",
                "Proxy-Authorization",
                "a b",
                "",
                "x:"
            })
    void headersThatDetakSetsAreRefused(String name) {
        assertThatThrownBy(() -> SourceHeaders.of("detak.sources.x.headers", Map.of(name, "canary")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageStartingWith("detak.sources.x.headers: ")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary\r\nX: y", "canary\n", " ", "can\u00e4ry", "canary\u0000"})
    void valuesThatCannotBeSentAreRefusedAndNotShown(String value) {
        assertThatThrownBy(() -> SourceHeaders.of("detak.sources.x.headers", Map.of("Authorization", value)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("Authorization")
                .hasMessageNotContaining("can");
    }

    @Test
    void secretsAreInNoText() {
        assertThat(request("http://h.example/").toString())
                .contains("authorization")
                .doesNotContain("canary");
    }

    /** The proxy knows the host, this machine does not. */
    @Test
    void pagesAreFetchedThroughAProxy() throws Exception {
        Resolver unknown = host -> {
            throw new UnknownHostException(host);
        };
        try (ForwardProxy proxy = ForwardProxy.start()) {
            PageFetcher proxied = new PageFetcher(
                    new TestClock(),
                    FetchLimits.defaults(),
                    unknown,
                    OutgoingConnection.DIRECT.through(TestProxy.at(proxy.port(), "me", "canary", "*.direct.test")));
            String page = "http://kontan.test:" + SERVER.getPort() + "/x";
            assertThat(text(proxied.fetch(request(page)))).isEqualTo("page");
            assertThat(proxy.heads).hasSize(2).allSatisfy(head -> assertThat(head)
                    .startsWith("GET http://kontan.test:" + SERVER.getPort() + "/")
                    .contains("Proxy-Authorization: Basic bWU6Y2FuYXJ5"));
            SERVER.verify(getRequestedFor(urlEqualTo("/x")).withHeader("Authorization", equalTo("Bearer canary")));

            SERVER.stubFor(get(urlEqualTo("/in"))
                    .willReturn(aResponse().withStatus(302).withHeader("Location", OTHER.baseUrl() + "/b")));
            PageFetcher resolving = new PageFetcher(
                    new TestClock(),
                    FetchLimits.defaults(),
                    host -> host.endsWith(".test")
                            ? unknown.resolve(host)
                            : Resolver.system().resolve(host),
                    OutgoingConnection.DIRECT.through(TestProxy.at(proxy.port(), "me", "canary")));
            assertThat(Fetching.failure(
                                    resolving.fetch(request("http://kontan.test:" + SERVER.getPort() + "/in")),
                                    FetchResult.Failure.Kind.REFUSED)
                            .reason())
                    .contains("inside this network");
            assertThat(Fetching.failure(
                                    proxied.fetch(request("http://x.direct.test/")),
                                    FetchResult.Failure.Kind.UNREACHABLE)
                            .reason())
                    .contains("could not be found");
        }
    }
}

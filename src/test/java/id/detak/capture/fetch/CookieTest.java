package id.detak.capture.fetch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static id.detak.capture.fetch.Fetching.failure;
import static id.detak.capture.fetch.Fetching.fetcher;
import static id.detak.capture.fetch.Fetching.request;
import static id.detak.capture.fetch.Fetching.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.testsupport.BesideTheApplication;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site that serves only clients that return its cookie; a cookie lives within one fetch. */
@BesideTheApplication
class CookieTest {

    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    @RegisterExtension
    static final WireMockExtension OTHER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    private final PageFetcher fetcher = fetcher(new TestClock());

    @BeforeEach
    void respondNotFoundByDefault() {
        for (WireMockExtension server : new WireMockExtension[] {SERVER, OTHER}) {
            server.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(404)));
        }
    }

    private static String url(String path) {
        return "http://localhost:" + SERVER.getPort() + path;
    }

    private static ResponseDefinitionBuilder redirect(String location, String cookie) {
        return aResponse().withStatus(302).withHeader("Location", location).withHeader("Set-Cookie", cookie);
    }

    private static void wall(String cookie) {
        SERVER.stubFor(get(urlEqualTo("/")).atPriority(5).willReturn(redirect("/", cookie)));
        SERVER.stubFor(get(urlEqualTo("/"))
                .atPriority(1)
                .withHeader("Cookie", equalTo("seen=1"))
                .willReturn(aResponse().withBody("the page")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seen=1",
                "seen=1; Path=/; HttpOnly; SameSite=Lax",
                "seen=1; Max-Age=60; Expires=Wed, 01 Jan 2031 00:00:00 GMT"
            })
    void pageBehindACookieWallIsFetched(String cookie) {
        wall(cookie);
        for (int fetch = 1; fetch <= 2; fetch++) {
            assertThat(text(fetcher.fetch(request(url("/"))))).isEqualTo("the page");
            // the cookie of the first fetch was discarded
            SERVER.verify(fetch, getRequestedFor(urlEqualTo("/")).withHeader("Cookie", absent()));
        }
    }

    @Test
    void cookiesStayWithTheirHostAndPath() {
        SERVER.stubFor(get(urlEqualTo("/a/x")).willReturn(redirect("/b", "seen=1; Path=/a")));
        SERVER.stubFor(
                get(urlEqualTo("/b")).willReturn(redirect("http://127.0.0.1:" + OTHER.getPort() + "/c", "more=2")));
        OTHER.stubFor(get(urlEqualTo("/c")).willReturn(aResponse().withBody("the page")));
        assertThat(text(fetcher.fetch(request(url("/a/x"))))).isEqualTo("the page");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/b")).withHeader("Cookie", absent()));
        OTHER.verify(1, getRequestedFor(urlEqualTo("/c")).withHeader("Cookie", absent()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seen=1; Domain=example.com",
                "seen=1; Secure",
                "seen=1; Max-Age=0",
                "=",
                "",
                "seen",
                ";",
                "seen=\u00ff",
                "seen=1; Path=/elsewhere"
            })
    void uselessCookiesEndInACircle(String cookie) {
        wall(cookie);
        assertThat(failure(fetcher.fetch(request(url("/"))), Kind.REFUSED).reason())
                .contains("circle");
    }

    @Test
    void cookiesThatChangeEachTimeEndAtTheLimitOfRedirects() {
        for (int hop = 0; hop < 10; hop++) {
            SERVER.stubFor(get(urlEqualTo("/"))
                    .atPriority(8)
                    .inScenario("wall")
                    .whenScenarioStateIs(hop == 0 ? "Started" : "" + hop)
                    .willSetStateTo("" + (hop + 1))
                    .willReturn(redirect("/", "hop=" + hop)));
        }
        assertThat(failure(fetcher.fetch(request(url("/"))), Kind.REFUSED).reason())
                .contains("more than 5 times");
    }

    @Test
    void hugeCookiesAreNotSentBack() {
        SERVER.stubFor(get(urlEqualTo("/a")).willReturn(redirect("/b", "big=" + "x".repeat(9000))));
        SERVER.stubFor(get(urlEqualTo("/b")).willReturn(aResponse().withBody("the page")));
        assertThat(text(fetcher.fetch(request(url("/a"))))).isEqualTo("the page");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/b")).withHeader("Cookie", absent()));
    }

    @Test
    void cookiesJoinThoseOfTheSource() {
        SERVER.stubFor(get(urlEqualTo("/a")).willReturn(redirect("/b", "seen=1")));
        SERVER.stubFor(get(urlEqualTo("/b")).willReturn(aResponse().withBody("the page")));
        SourceHeaders own = SourceHeaders.of("detak.sources.x.headers", Map.of("cookie", "session=canary"));
        assertThat(text(fetcher.fetch(new FetchRequest(URI.create(url("/a")), null, null, own))))
                .isEqualTo("the page");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/a")).withHeader("Cookie", equalTo("session=canary")));
        SERVER.verify(1, getRequestedFor(urlEqualTo("/b")).withHeader("Cookie", equalTo("session=canary; seen=1")));
    }
}

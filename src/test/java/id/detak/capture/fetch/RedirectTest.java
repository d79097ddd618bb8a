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
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.capture.fetch.FetchResult.Failure;
import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.capture.fetch.FetchResult.Page;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import id.detak.testsupport.BesideTheApplication;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@BesideTheApplication
class RedirectTest {
    @RegisterExtension
    static final WireMockExtension SERVER =
            WireMockExtension.newInstance().options(Fetching.wireMock()).build();

    private final TestClock clock = new TestClock();
    private final PageFetcher inside = fetcher(clock);
    private final PageFetcher outside = new PageFetcher(clock, FetchLimits.defaults(), Fetching.localhostIsPublic());

    @BeforeEach
    void respondNotFoundByDefault() {
        SERVER.stubFor(any(anyUrl()).atPriority(9).willReturn(aResponse().withStatus(404)));
        page("/end", "the end");
    }

    private static void page(String path, String body) {
        SERVER.stubFor(get(urlEqualTo(path)).willReturn(aResponse().withBody(body)));
    }

    private static void redirect(String path, String location) {
        SERVER.stubFor(
                get(urlEqualTo(path)).willReturn(aResponse().withStatus(302).withHeader("Location", location)));
    }

    private static String url(String path) {
        return "http://localhost:" + SERVER.getPort() + path;
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsEveryKindOfRedirect(int status) {
        SERVER.stubFor(get(urlEqualTo("/a"))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withHeader("Location", url("/end"))
                        .withHeader("Age", "500")));
        FetchResult answer = inside.fetch(request(url("/a")));
        assertThat(text(answer)).isEqualTo("the end");
        assertThat(answer.url()).isEqualTo(URI.create(url("/end")));
        assertThat(answer.observedAt()).isEqualTo(TestClock.START_MICROS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/end", "../end", "../../../end", "//localhost:PORT/end", "/x/../end", " /end ", "/end#there"})
    void relativeLocationIsResolvedAgainstPage(String location) {
        redirect("/a/b", location.replace("PORT", "" + SERVER.getPort()));
        assertThat(text(inside.fetch(request(url("/a/b"))))).isEqualTo("the end");
    }

    @Test
    void followsFiveRedirectsButNotSix() {
        for (int hop = 1; hop <= 5; hop++) {
            redirect("/hop" + hop, "/hop" + (hop + 1));
        }
        page("/hop6", "arrived");
        assertThat(text(inside.fetch(request(url("/hop1"))))).isEqualTo("arrived");

        redirect("/hop0", "/hop1");
        Failure failure = failure(inside.fetch(request(url("/hop0"))), Kind.REFUSED);
        assertThat(failure.reason()).contains("more than 5 times");
        assertThat(failure.url()).isEqualTo(URI.create(url("/hop5")));
        assertThat(failure.status()).isEqualTo(302);
    }

    @Test
    void redirectLoopIsRefusedAtOnce() {
        redirect("/round", "/about");
        redirect("/about", "/round");
        assertThat(failure(inside.fetch(request(url("/round"))), Kind.REFUSED).reason())
                .contains("circle");
        SERVER.verify(1, getRequestedFor(urlEqualTo("/round")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "ftp://localhost/x",
                "javascript:alert(1)",
                "data:text/html,<b>x</b>",
                "gopher://localhost/",
                "http://user:pw@localhost/",
                "https://user@localhost/",
                "//user:pw@localhost/x",
                "http://localhost:99999/",
                "http:/x",
                "http:x",
                "http:///end",
                "FILE:/etc/passwd",
                "jar:http://localhost/!/x",
                "http://b\u00fccher.example/",
                "http://2130706433/",
                "http://[::ffff:127.0.0.1]/",
                "http://0x7f.1/",
                "http://127.1/",
                "http://127.0.0.1./",
                "http://[::1]/",
                "http://[::]/",
                "http://0.0.0.0/",
                "http://169.254.169.254/latest/meta-data",
                "http://10.0.0.1/",
                "http://[fe80::1]/",
                "http://[64:ff9b::7f00:1]/",
                "http://[2002:7f00:1::]/"
            })
    void publicPageMustNotRedirectToInternalHost(String location) {
        redirect("/a", location);
        Failure failure = failure(outside.fetch(request(url("/a"))), Kind.REFUSED);
        assertThat(failure.reason()).doesNotContain("pw", "passwd");
        assertThat(failure.url()).isEqualTo(URI.create(url("/a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "   ", "http://", "http://[::1", "java\tscript:alert(1)", "%zz", "http://local host/", ":"})
    void invalidLocationIsHttpError(String location) {
        redirect("/a", location);
        Kind kind = location.contains("local") ? Kind.REFUSED : Kind.HTTP_ERROR;
        Failure failure = failure(outside.fetch(request(url("/a"))), kind);
        assertThat(failure.status()).isEqualTo(302);
    }

    @Test
    void missingLocationIsHttpError() {
        SERVER.stubFor(
                get(urlEqualTo("/a")).willReturn(aResponse().withStatus(301).withHeader("Retry-After", "9")));
        Failure failure = failure(inside.fetch(request(url("/a"))), Kind.HTTP_ERROR);
        assertThat(failure.reason()).contains("without a target");
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void publicPageMustNotRedirectToLocalhost() {
        redirect("/a", "http://127.0.0.1:" + SERVER.getPort() + "/end");
        Failure failure = failure(outside.fetch(request(url("/a"))), Kind.REFUSED);
        assertThat(failure.reason()).contains("inside this network");
        SERVER.verify(0, getRequestedFor(urlEqualTo("/end")));
    }

    @Test
    void internalSourceMayRedirectToInternalHost() {
        redirect("/a", "http://127.0.0.1:" + SERVER.getPort() + "/end");
        assertThat(text(inside.fetch(request(url("/a"))))).isEqualTo("the end");
    }

    @Test
    void internalSourceMustNotReturnFromOutside() {
        redirect("/a", url("/b"));
        redirect("/b", "http://127.0.0.1:" + SERVER.getPort() + "/end");
        FetchResult answer = outside.fetch(request("http://127.0.0.1:" + SERVER.getPort() + "/a"));
        assertThat(failure(answer, Kind.REFUSED).reason()).contains("inside this network");
    }

    @Test
    void oneInternalAddressIsEnoughToRefuse() throws Exception {
        InetAddress publicOne = Fetching.publicAddress();
        InetAddress inward = InetAddress.getByName("10.1.2.3");
        Resolver mixed = host -> host.equals("mixed.example") ? List.of(publicOne, inward) : List.of(publicOne);
        redirect("/a", "http://mixed.example/");
        PageFetcher fetcher = new PageFetcher(clock, FetchLimits.defaults(), mixed);
        failure(fetcher.fetch(request(url("/a"))), Kind.REFUSED);
    }

    @Test
    void nameOfASourceLeadsInsideOnlyIfItIsAllowed() {
        Resolver inward = host -> List.of(InetAddress.getByName("127.0.0.1"));
        URI named = URI.create("http://strip.example:" + SERVER.getPort() + "/end");
        FetchResult answer = new PageFetcher(clock, FetchLimits.defaults(), inward).fetch(request(named.toString()));
        assertThat(failure(answer, Kind.REFUSED).reason())
                .isEqualTo(
                        "The host strip.example has an address inside this network; if that is intended, add it to DETAK_SOURCE_ALLOW.");
        for (String allowed : List.of("strip.example", "127.0.0.0/8")) {
            AllowedTargets targets = new AllowedTargets("DETAK_SOURCE_ALLOW", Optional.of(allowed));
            PageFetcher fetcher =
                    new PageFetcher(clock, FetchLimits.defaults(), inward, targets, OutgoingConnection.DIRECT);
            // it passes the check, but this machine does not know the name
            assertThat(failure(fetcher.fetch(request(named.toString())), Kind.UNREACHABLE)
                            .reason())
                    .doesNotContain("inside this network");
        }
    }

    @Test
    void hostThatBecomesInternalIsRefused() throws Exception {
        List<InetAddress> answers = new ArrayList<>(
                List.of(Fetching.publicAddress(), Fetching.publicAddress(), InetAddress.getByName("127.0.0.1")));
        Resolver rebinding = host -> List.of(answers.remove(0)); // page, robots.txt, next hop
        redirect("/a", "/end");
        PageFetcher fetcher = new PageFetcher(clock, FetchLimits.defaults(), rebinding);
        failure(fetcher.fetch(request(url("/a"))), Kind.REFUSED);
    }

    @Test
    void unknownHostAfterRedirectIsUnreachable() {
        Resolver one = host -> {
            if (host.equals("localhost")) {
                return List.of(Fetching.publicAddress());
            }
            throw new java.net.UnknownHostException(host);
        };
        redirect("/a", "http://gone.example/?token=secret");
        FetchResult answer = new PageFetcher(clock, FetchLimits.defaults(), one).fetch(request(url("/a")));
        assertThat(failure(answer, Kind.UNREACHABLE).reason()).isEqualTo("The host gone.example could not be found.");
    }

    @Test
    void timeLimitCoversAllRedirects() {
        for (int hop = 1; hop <= 5; hop++) {
            SERVER.stubFor(get(urlEqualTo("/slow" + hop))
                    .willReturn(aResponse()
                            .withStatus(302)
                            .withHeader("Location", "/slow" + (hop + 1))
                            .withFixedDelay(600)));
        }
        page("/slow6", "late");
        PageFetcher hasty = fetcher(Duration.ofMillis(900), 1000);
        await().atMost(Fetching.LONG)
                .pollInSameThread()
                .until(() -> hasty.fetch(request(url("/end"))), Page.class::isInstance);
        assertThat(failure(hasty.fetch(request(url("/slow1"))), Kind.UNREACHABLE)
                        .reason())
                .contains("within 900 ms");
        SERVER.verify(0, getRequestedFor(urlEqualTo("/slow3")));
    }

    @Test
    void validatorsAreSentToSameHostOnly() {
        redirect("/a", "/b");
        redirect("/b", "http://127.0.0.1:" + SERVER.getPort() + "/end");
        assertThat(text(inside.fetch(
                        new FetchRequest(URI.create(url("/a")), "\"v1\"", "Mon, 02 Mar 2026 02:10:00 GMT"))))
                .isEqualTo("the end");
        SERVER.verify(getRequestedFor(urlEqualTo("/a")).withHeader("If-None-Match", equalTo("\"v1\"")));
        SERVER.verify(getRequestedFor(urlEqualTo("/b")).withHeader("If-None-Match", equalTo("\"v1\"")));
        SERVER.verify(getRequestedFor(urlEqualTo("/end"))
                .withHeader("If-None-Match", absent())
                .withHeader("If-Modified-Since", absent()));
    }
}

package id.detak.series.history;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Entity tags, 304, gzip and cached responses over real HTTP. Each request is sent at least twice, since the cache may
 * serve the second.
 */
@QuarkusTest
class HistoryHttpTest {

    private static final String RAW = "/api/v1/indicators/LQ45/history?interval=raw";
    private static final int MANY = 40;
    /** Makes the requests of each test unique, so that none is served from the cache of another test. */
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Inject
    DataSource dataSource;

    @TestHTTPResource("/")
    URI server;

    private String history;

    @BeforeEach
    void fill() {
        TestDatabase.empty(dataSource);
        history = RAW + "&from=2026-01-01&maxPoints=" + (2000 + NUMBER.incrementAndGet());
        for (int i = 0; i < MANY; i++) {
            observe(i);
        }
    }

    private static void observe(int i) {
        String at = OffsetDateTime.parse("2026-11-23T10:00:00+07:00")
                .plusMinutes(i)
                .toString()
                .replaceFirst("\\+07:00$", ":00+07:00");
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("text/plain; charset=utf-8")
                .queryParam("observedAt", at)
                .body(Pages.strip("LQ45 8%02d,00 -12,11 -1,44%%".formatted(i)).getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/captures")
                .then()
                .statusCode(201);
    }

    private HttpResponse<byte[]> ask(String method, String path, String... headers) {
        return ask(CLIENT, method, path, headers);
    }

    private HttpResponse<byte[]> ask(HttpClient client, String method, String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<byte[]> get(String... headers) {
        return ask("GET", history, headers);
    }

    private static String header(HttpResponse<?> answer, String name) {
        return answer.headers().firstValue(name).orElse(null);
    }

    private static String tag(HttpResponse<?> answer) {
        return header(answer, "ETag");
    }

    private static byte[] inflated(byte[] gzip) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The headers that computed and cached responses must share. */
    private static List<String> headers(HttpResponse<?> answer) {
        List<String> lines = new ArrayList<>();
        answer.headers().map().forEach((name, values) -> lines.add(name.toLowerCase() + ": " + values));
        lines.removeIf(line -> line.startsWith("x-request-id:")); // each response has its own
        lines.sort(null);
        return lines;
    }

    @Test
    void cachedResponseEqualsTheFirst() {
        for (String[] accepted :
                new String[][] {{"Accept", "*/*"}, {"Accept-Encoding", "gzip"}, {"Accept-Encoding", "deflate"}}) {
            HttpResponse<byte[]> first = get(accepted);
            for (int i = 0; i < 3; i++) {
                HttpResponse<byte[]> again = get(accepted);
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(headers(again)).isEqualTo(headers(first));
            }
            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(headers(first))
                    .contains(
                            "vary: [Accept, Accept-Encoding]",
                            "cache-control: [no-cache]",
                            "x-content-type-options: [nosniff]",
                            "content-type: [application/json;charset=UTF-8]",
                            "content-length: [" + first.body().length + "]");
        }
    }

    @Test
    void unchangedHistoryIsNotSentAgain() {
        String tag = tag(get());
        assertThat(tag).startsWith("\"").endsWith("\"");
        for (String condition : List.of(tag, "W/" + tag, "\"x\", " + tag, "*", "\"y\",W/" + tag + ",\"z\"")) {
            HttpResponse<byte[]> answer = get("If-None-Match", condition);
            assertThat(answer.statusCode()).as(condition).isEqualTo(304);
            assertThat(answer.body()).isEmpty();
            assertThat(tag(answer)).isEqualTo(tag);
            assertThat(headers(answer))
                    .contains(
                            "vary: [Accept, Accept-Encoding]",
                            "cache-control: [no-cache]",
                            "x-content-type-options: [nosniff]");
        }
        assertThat(get("If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void restDoesNotSendUnchangedHistoryAgain() {
        String tag = tag(get());
        HttpResponse<byte[]> kept = get("If-None-Match", tag);
        HttpResponse<byte[]> rest = get("If-None-Match", tag, "Cookie", "a=b");
        assertThat(rest.statusCode()).isEqualTo(304);
        assertThat(headers(rest)).isEqualTo(headers(kept));
        assertThat(get("If-None-Match", "*", "Cookie", "a=b").statusCode()).isEqualTo(304);
    }

    @Test
    void asteriskDoesNotMatchAMissingResponse() {
        assertThat(ask("GET", "/api/v1/indicators/NOPE/history", "If-None-Match", "*")
                        .statusCode())
                .isEqualTo(404);
        assertThat(ask("GET", RAW + "&maxPoints=1", "If-None-Match", "*").statusCode())
                .isEqualTo(400);
    }

    @Test
    void newObservationIsVisibleImmediately() {
        Set<String> tags = new HashSet<>();
        String before = "";
        for (int i = MANY; i < MANY + 10; i++) {
            String tag = tag(get());
            assertThat(get("If-None-Match", tag).statusCode()).isEqualTo(304);
            assertThat(tags.add(tag)).isTrue();
            observe(i);
            HttpResponse<byte[]> after = get("If-None-Match", tag);
            assertThat(after.statusCode()).isEqualTo(200);
            assertThat(new String(after.body(), StandardCharsets.UTF_8))
                    .contains("8%02d.00".formatted(i))
                    .isNotEqualTo(before);
            before = new String(after.body(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void gzipHasTheSameContent() {
        HttpResponse<byte[]> plain = get();
        HttpResponse<byte[]> gzip = get("Accept-Encoding", "gzip");
        assertThat(header(gzip, "Content-Encoding")).isEqualTo("gzip");
        assertThat(header(plain, "Content-Encoding")).isNull();
        assertThat(gzip.body()).hasSizeLessThan(plain.body().length);
        assertThat(inflated(gzip.body())).isEqualTo(plain.body());
        assertThat(tag(gzip)).isEqualTo(tag(plain).replaceFirst("\"$", "-gzip\""));
        assertThat(get("Accept-Encoding", "gzip", "If-None-Match", tag(gzip)).statusCode())
                .isEqualTo(304);
        assertThat(get("If-None-Match", tag(gzip)).statusCode()).isEqualTo(200);
        assertThat(header(get("Accept-Encoding", "br, *;q=0.1"), "Content-Encoding"))
                .isEqualTo("gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip;q=0", "identity", "deflate", "*;q=0, identity"})
    void clientsWithoutGzipGetPlainBytes(String accepted) {
        String plain = tag(get());
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> answer = get("Accept-Encoding", accepted);
            assertThat(header(answer, "Content-Encoding")).isNull();
            assertThat(tag(answer)).isEqualTo(plain);
            assertThat(new String(answer.body(), StandardCharsets.UTF_8)).startsWith("{\"code\":\"LQ45\"");
        }
    }

    @Test
    void smallResponsesStayPlain() {
        for (String cookie : List.of("", "a=b")) {
            HttpResponse<byte[]> answer = ask(
                    "GET",
                    "/api/v1/indicators/ISSI/history?interval=raw&maxPoints=77",
                    "Accept-Encoding",
                    "gzip",
                    "Cookie",
                    cookie);
            assertThat(header(answer, "Content-Encoding")).isNull();
            assertThat(header(answer, "Content-Length")).isEqualTo(String.valueOf(answer.body().length));
            assertThat(tag(answer)).doesNotContain("gzip");
        }
    }

    @Test
    void headMatchesGetWithoutTheBody() {
        for (int i = 0; i < 2; i++) {
            for (String[] accepted : new String[][] {{"Accept", "*/*"}, {"Accept-Encoding", "gzip"}}) {
                HttpResponse<byte[]> head = ask("HEAD", history, accepted);
                HttpResponse<byte[]> whole = get(accepted);
                assertThat(head.body()).isEmpty();
                assertThat(headers(head)).isEqualTo(headers(whole));
                assertThat(ask("HEAD", history, accepted[0], accepted[1], "If-None-Match", tag(whole))
                                .statusCode())
                        .isEqualTo(304);
            }
        }
    }

    @Test
    void requestForAnotherTypeIsNotAnsweredFromTheCache() {
        get();
        assertThat(get("Accept", "application/json").statusCode()).isEqualTo(200);
        assertThat(get("Accept", "application/xml").statusCode()).isEqualTo(406);
        assertThat(get("Accept", "application/xml").statusCode()).isEqualTo(406);
        assertThat(get("Accept", "application/json").statusCode()).isEqualTo(200);
    }

    @Test
    void problemsAreNotCached() {
        String tooMany = history.replaceFirst("maxPoints=.*", "maxPoints=" + MANY);
        observe(MANY);
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> problem = ask("GET", tooMany);
            assertThat(problem.statusCode()).isEqualTo(400);
            assertThat(tag(problem)).isNull();
            assertThat(header(problem, "Content-Type")).isEqualTo("application/problem+json");
        }
        assertThat(ask("GET", "/api/v1/indicators/NOPE/history").statusCode()).isEqualTo(404);
        assertThat(ask("GET", "/api/v1/indicators/NOPE/history").statusCode()).isEqualTo(404);
    }

    @Test
    void wrongTokenIsRefusedDespiteACachedResponse() {
        get();
        get();
        assertThat(get("Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
        assertThat(get("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN).statusCode())
                .isEqualTo(200);
        assertThat(ask("POST", history).statusCode()).isEqualTo(401);
    }

    @Test
    void clientsMayCachePastRanges() {
        String past = RAW + "&from=2020-01-01&to=2020-12-31";
        assertThat(header(ask("GET", past), "Cache-Control")).isEqualTo("max-age=3600, immutable");
        assertThat(header(ask("GET", past), "Cache-Control")).isEqualTo("max-age=3600, immutable");
        assertThat(header(ask("GET", RAW + "&from=P1Y"), "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void concurrentRequestsGetTheSameResponse() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(12);
        try {
            for (int round = 0; round < 5; round++) {
                observe(MANY + round);
                List<Callable<HttpResponse<byte[]>>> questions = new ArrayList<>();
                for (int i = 0; i < 24; i++) {
                    questions.add(i % 2 == 0 ? () -> get() : () -> get("Accept-Encoding", "gzip"));
                }
                Set<String> bodies = new HashSet<>();
                for (Future<HttpResponse<byte[]>> answer : threads.invokeAll(questions)) {
                    assertThat(answer.get().statusCode()).isEqualTo(200);
                    byte[] body = answer.get().body();
                    bodies.add(new String(
                            "gzip".equals(header(answer.get(), "Content-Encoding")) ? inflated(body) : body,
                            StandardCharsets.UTF_8));
                }
                assertThat(bodies).hasSize(1);
                assertThat(bodies.iterator().next()).contains("8%02d.00".formatted(MANY + round));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void connectionsAcceptPipelinedRequests() throws IOException {
        String tag = tag(get());
        String head = " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n";
        String question = "GET " + history + head;
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write((question + "If-None-Match: " + tag + "\r\n\r\n" + question + "\r\n" + "HEAD " + history
                                    + head + "\r\n" + question + "Content-Length: 3\r\n\r\nabc" + question
                                    + "If-None-Match: " + tag + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(Arrays.stream(answers.split("(?=HTTP/1.1 )")).map(answer -> answer.substring(9, 12)))
                    .containsExactly("304", "200", "200", "200", "304");
        }
    }
}

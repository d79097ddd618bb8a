package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.testsupport.AccessTable;
import id.detak.testsupport.OpenIdProvider;
import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RawHttp;
import id.detak.testsupport.RunningDetak;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas with closed reading: a credential that ends on one ends on the other, with its open streams. */
@EnabledIfSystemProperty(named = "detak.thorough", matches = "true")
class ReplicasAccessIT {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String KEY = "c4nary-secret-key-of-the-vault";
    private static final String OPEN_ID_SECRET = "c4nary-0123456789abcdef0123456789abcdef";
    private static final int REQUESTS_A_SECOND = 20;
    private static final int STREAMS = 4;
    private static final Pattern TOKEN = Pattern.compile("Admin token \\(shown only once\\): ([\\w-]+)");

    @TempDir
    static Path folder;

    private static Origin site;
    private static OpenIdProvider provider;
    private static PackagedDetak detakA;
    private static RunningDetak replicaA;
    private static RunningDetak replicaB;
    private static String a;
    private static String b;
    private static String adminToken;

    @BeforeAll
    static void startTwo() {
        site = Origin.of(path -> Answer.page(Pages.strip("LQ45 900,00 -9,00 -0,99%")));
        provider = new OpenIdProvider("Ani@Detak.example");
        detakA = closed(PackagedDetak.on(folder.resolve("a"))
                .with("QUARKUS_HTTP_HOST", "0.0.0.0")
                .with("DETAK_RATE_LIMIT", REQUESTS_A_SECOND)
                .with("DETAK_STREAMS", STREAMS));
        replicaA = detakA.serve();
        PackagedDetak detakB = closed(new PostgresProcess(detakA.data())
                .replica(folder.resolve("b"))
                .with("DETAK_CLOCK_SKEW", "PT2M")
                .with("DETAK_WRONG_TRIES", 1_000_000));
        replicaB = detakB.serve();
        a = "http://localhost:" + detakA.httpPort();
        b = "http://localhost:" + detakB.httpPort();
        Matcher printed = TOKEN.matcher(replicaA.output());
        assertThat(printed.find()).isTrue();
        adminToken = printed.group(1);
        assertThat(replicaB.output())
                .doesNotContain("shown only once")
                .contains("This machine's clock is 120 s ahead of the database's, which Detak uses");
    }

    private static PackagedDetak closed(PackagedDetak detak) {
        return detak.with("DETAK_SOURCE_URL", site.url("/"))
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_READING", "closed")
                .with("DETAK_OIDC_URL", provider.url())
                .with("DETAK_OIDC_SECRET", OPEN_ID_SECRET)
                .with("DETAK_SECRET_KEY", KEY)
                .with("DETAK_OIDC_ADMINS", "ani@detak.example")
                .with("DETAK_OIDC_READERS", "budi@detak.example");
    }

    @AfterAll
    static void stop() {
        replicaB.close();
        replicaA.close();
        provider.close();
        site.close();
        new PostgresProcess(folder.resolve("a")).kill();
    }

    @Test
    void revocationTakesEffectOnAllReplicas() throws Exception {
        // embedded, and without a configured token: other machines cannot reach it
        assertThat(replicaA.output())
                .contains("listening on 127.0.0.1 only")
                .contains("Listening on: http://127.0.0.1:");
        assertThat(get(a, "/api/v1/latest").statusCode()).isEqualTo(401);
        assertThat(get(a, "/", "Sec-Fetch-Mode", "navigate").headers().firstValue("Location"))
                .hasValue("/sign-in?to=%2F");

        Session session = signIn(a, adminToken);
        assertThat(get(b, "/api/v1/latest", "Cookie", session.cookie()).statusCode())
                .isEqualTo(200);
        assertThat(get(b, "/api/v1/latest", "Cookie", session.cookie())
                        .headers()
                        .firstValue("Cache-Control"))
                .hasValue("private, no-cache");
        assertThat(send(b, "POST", "/api/v1/read-tokens", "{\"name\":\"Budi\"}", "Cookie", session.cookie())
                        .statusCode())
                .as("without the CSRF token")
                .isEqualTo(403);
        JsonPath made = JsonPath.from(send(
                        b,
                        "POST",
                        "/api/v1/read-tokens",
                        "{\"name\":\"Budi\"}",
                        "Cookie",
                        session.cookie(),
                        "X-CSRF-Token",
                        session.csrf())
                .body());
        String reader = "Bearer " + made.getString("token");
        assertThat(get(a, "/api/v1/latest", "Authorization", reader).statusCode())
                .isEqualTo(200);
        assertThat(send(a, "POST", "/api/v1/rules", "{}", "Authorization", reader)
                        .statusCode())
                .isEqualTo(403);

        Stream ofSession = Stream.open(a, "Cookie", session.cookie());
        Stream ofReader = Stream.open(b, "Authorization", reader);
        Session ofReadToken = signIn(b, made.getString("token"));
        Stream ofItsSession = Stream.open(a, "Cookie", ofReadToken.cookie());

        assertThat(send(b, "DELETE", "/api/v1/session", "", "Cookie", session.cookie(), "X-CSRF-Token", session.csrf())
                        .statusCode())
                .isEqualTo(204);
        ofSession.awaitEnd();
        assertThat(get(a, "/api/v1/latest", "Cookie", session.cookie()).statusCode())
                .as("after signing out")
                .isEqualTo(401);
        assertThat(ofReader.isOpen()).isTrue();

        assertThat(send(
                                a,
                                "DELETE",
                                "/api/v1/read-tokens/" + made.getString("id"),
                                "",
                                "Authorization",
                                "Bearer " + adminToken)
                        .statusCode())
                .isEqualTo(204);
        ofReader.awaitEnd();
        ofItsSession.awaitEnd();
        assertThat(get(b, "/api/v1/latest", "Authorization", reader).statusCode())
                .as("revoked")
                .isEqualTo(401);
        assertThat(get(b, "/api/v1/latest", "Cookie", ofReadToken.cookie()).statusCode())
                .as("opened by what is revoked")
                .isEqualTo(401);

        Session idle = signIn(b, adminToken);
        Stream ofIdle = Stream.open(b, "Cookie", idle.cookie());
        Session used = signIn(b, adminToken);
        Stream ofUsed = Stream.open(a, "Cookie", used.cookie());
        try (Connection database = new PostgresProcess(detakA.data()).connect();
                Statement statement = database.createStatement()) {
            // as if it had not been used for half a day; the stream checks it at its next ping
            statement.executeUpdate(
                    "update session set used_at = now() - interval '13 hours' where created_at = (select min(created_at) from session)");
        }
        ofIdle.awaitEnd();
        assertThat(get(a, "/api/v1/latest", "Cookie", idle.cookie()).statusCode())
                .as("idle")
                .isEqualTo(401);
        assertThat(ofUsed.isOpen()).isTrue();

        String newToken = detakA.run("admin-token").output().strip();
        ofUsed.awaitEnd();
        assertThat(get(b, "/api/v1/latest", "Cookie", used.cookie()).statusCode())
                .as("of the old admin's token")
                .isEqualTo(401);
        assertThat(get(b, "/api/v1/latest", "Authorization", "Bearer " + adminToken)
                        .statusCode())
                .isEqualTo(401);
        assertThat(get(b, "/api/v1/latest", "Authorization", "Bearer " + newToken)
                        .statusCode())
                .isEqualTo(200);

        new AccessTable(URI.create(b), false, newToken).verify();
        inlineScriptsOfSwaggerUiAreThoseThatArePermitted(newToken);
        openIdSignsIn(newToken);
        guessingIsSlowed(newToken);
        seatsAreCounted(newToken);
        noSecretWasSaid(newToken, session, idle, used);
        floodingIsSlowed();
    }

    private static void seatsAreCounted(String adminToken) throws IOException, InterruptedException {
        Session session = signIn(b, adminToken);
        for (int i = 0; i < STREAMS; i++) {
            assertThat(Stream.open(a, "Cookie", session.cookie()).isOpen()).isTrue();
        }
        HttpResponse<String> oneMore = get(a, "/api/v1/stream", "Cookie", session.cookie());
        assertThat(oneMore.statusCode()).isEqualTo(429);
        assertThat(oneMore.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(oneMore.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private static void noSecretWasSaid(String adminToken, Session... sessions)
            throws IOException, InterruptedException {
        String visible = replicaB.output() + replicaA.output().replaceFirst(TOKEN.pattern(), "");
        for (String path : List.of(
                "/",
                "/access",
                "/sign-in",
                "/kiosk",
                "/api/v1/sources",
                "/api/v1/channels",
                "/q/metrics",
                "/q/health",
                "/q/openapi",
                "/q/swagger-ui/",
                "/sign-in/openid?code=x&state=y")) {
            HttpResponse<String> answer = get(b, path, "Authorization", "Bearer " + adminToken);
            visible += answer.headers().map() + answer.body();
        }
        assertThat(visible)
                .contains("Signed in as admin")
                .doesNotContain(
                        "c4nary",
                        ReplicasAccessIT.adminToken,
                        adminToken,
                        new PostgresProcess(detakA.data()).password());
        for (Session session : sessions) {
            assertThat(visible)
                    .doesNotContain(session.cookie().substring(SessionCookies.NAME.length() + 1), session.csrf());
        }
    }

    private static void floodingIsSlowed() throws IOException, InterruptedException {
        RawHttp flood = new RawHttp(URI.create(a));
        List<RawHttp.Answer> answers =
                flood.answers(Collections.nCopies(30 * REQUESTS_A_SECOND, flood.request("GET", "/q/health/live", "")));
        assertThat(answers).extracting(RawHttp.Answer::status).containsOnly(200, 429);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.head().toLowerCase(Locale.ROOT))
                        .contains("\nretry-after: 1\n", "\ncontent-type: application/problem+json"));
    }

    /** Only the packaged program has them: in tests, Quarkus writes other scripts. */
    private static void inlineScriptsOfSwaggerUiAreThoseThatArePermitted(String adminToken) throws Exception {
        HttpResponse<String> page = get(a, "/q/swagger-ui/", "Authorization", "Bearer " + adminToken);
        Matcher inline =
                Pattern.compile("<script[^>]*>(.*?)</script>", Pattern.DOTALL).matcher(page.body());
        int found = 0;
        while (inline.find()) {
            if (!inline.group(1).isBlank()) {
                byte[] hash = MessageDigest.getInstance("SHA-256")
                        .digest(inline.group(1).getBytes(StandardCharsets.UTF_8));
                assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                        .contains("'sha256-" + Base64.getEncoder().encodeToString(hash) + "'");
                found++;
            }
        }
        assertThat(found).isEqualTo(2);
    }

    private static void openIdSignsIn(String adminToken) throws IOException, InterruptedException {
        Session ani = signInByOpenId(a);
        assertThat(send(
                                b,
                                "POST",
                                "/api/v1/read-tokens",
                                "{\"name\":\"x\"}",
                                "Cookie",
                                ani.cookie(),
                                "X-CSRF-Token",
                                ani.csrf())
                        .statusCode())
                .as("an admin by address")
                .isEqualTo(201);
        provider.vouchFor("budi@detak.example");
        Session budi = signInByOpenId(b);
        assertThat(get(a, "/api/v1/latest", "Cookie", budi.cookie()).statusCode())
                .isEqualTo(200);
        assertThat(send(
                                a,
                                "POST",
                                "/api/v1/read-tokens",
                                "{\"name\":\"x\"}",
                                "Cookie",
                                budi.cookie(),
                                "X-CSRF-Token",
                                budi.csrf())
                        .statusCode())
                .as("a reader by address")
                .isEqualTo(403);
        provider.vouchFor("mallory@elsewhere.example");
        CookieManager cookies = new CookieManager();
        HttpResponse<String> unknown = browser(cookies)
                .send(
                        HttpRequest.newBuilder(URI.create(a + "/sign-in/openid?to=/kiosk"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(unknown.statusCode()).isEqualTo(403);
        assertThat(unknown.body()).contains("DETAK_OIDC_READERS");
        assertThat(cookies.getCookieStore().getCookies())
                .noneMatch(cookie -> cookie.getName().equals(SessionCookies.NAME));
    }

    private static void guessingIsSlowed(String adminToken) throws IOException, InterruptedException {
        Session session = signIn(a, adminToken);
        // one more attempt is allowed every ten seconds, perhaps just between two requests
        await("guesses are refused, but not the right token").atMost(LIMIT).until(() -> {
            HttpResponse<String> guess = get(a, "/api/v1/latest", "Authorization", "Bearer guess");
            HttpResponse<String> right = get(a, "/api/v1/latest", "Authorization", "Bearer " + adminToken);
            assertThat(right.statusCode()).isEqualTo(200);
            return guess.statusCode() == 429
                    && Integer.parseInt(
                                    guess.headers().firstValue("Retry-After").orElseThrow())
                            <= 10;
        });
        assertThat(get(a, "/api/v1/latest", "Cookie", session.cookie()).statusCode())
                .as("who has signed in goes on")
                .isEqualTo(200);
    }

    private record Session(String cookie, String csrf) {}

    private static Session signIn(String base, String token) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(base, "POST", "/api/v1/session", "{\"token\":\"" + token + "\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        String cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/");
        return new Session(cookie.split(";")[0], JsonPath.from(answer.body()).getString("csrfToken"));
    }

    private static HttpClient browser(CookieManager cookies) {
        return HttpClient.newBuilder()
                .cookieHandler(cookies)
                .followRedirects(Redirect.NORMAL)
                .build();
    }

    private static Session signInByOpenId(String base) throws IOException, InterruptedException {
        CookieManager cookies = new CookieManager();
        HttpResponse<String> page = browser(cookies)
                .send(
                        HttpRequest.newBuilder(URI.create(base + "/sign-in/openid?to=/kiosk"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("href=\"/kiosk\"");
        String cookie = cookies.getCookieStore().getCookies().stream()
                .filter(held -> held.getName().equals(SessionCookies.NAME))
                .findFirst()
                .orElseThrow()
                .getValue();
        return new Session(SessionCookies.NAME + "=" + cookie, CsrfToken.of(cookie));
    }

    private static HttpResponse<String> get(String base, String path, String... headers)
            throws IOException, InterruptedException {
        return send(base, "GET", path, "", headers);
    }

    private static HttpResponse<String> send(String base, String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .timeout(LIMIT);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    /** An open stream, until the server ends it. */
    private record Stream(CompletableFuture<Void> lines) {

        static Stream open(String base, String... headers) throws IOException, InterruptedException {
            HttpResponse<java.util.stream.Stream<String>> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(base + "/api/v1/stream"))
                            .headers(headers)
                            .build(),
                    BodyHandlers.ofLines());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new Stream(CompletableFuture.runAsync(() -> answer.body().forEach(line -> {})));
        }

        boolean isOpen() {
            return !lines.isDone();
        }

        void awaitEnd() throws Exception {
            lines.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }
}

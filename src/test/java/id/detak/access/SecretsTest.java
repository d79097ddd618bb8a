package id.detak.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Outbox;
import id.detak.notify.Outbox.Parcel;
import id.detak.notify.Severity;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.Route;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Each secret is a canary. No response contains one, whatever the credential and the request, except the response that
 * hands it out; nor does the log.
 */
@QuarkusTest
class SecretsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel");

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String CANARY = "c4nary-";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final List<String> CHANNELS = List.of(
            "{'type':'webhook','url':'http://127.0.0.1:1/c4nary-path?c4nary-query','secret':'c4nary-webhook-secret'}",
            "{'type':'slack','url':'http://127.0.0.1:1/services/c4nary-slack'}",
            "{'type':'discord','url':'http://127.0.0.1:1/api/webhooks/1/c4nary-discord'}",
            "{'type':'ntfy','url':'http://127.0.0.1:1/c4nary-topic','token':'c4nary-ntfy'}",
            "{'type':'telegram','token':'123456:c4nary-telegram','chatId':'123456789'}",
            "{'type':'email','to':'a@detak.example','from':'b@detak.example','host':'127.0.0.1','port':1,'username':'c4nary-user','password':'c4nary-password'}");
    /** Method, path and body; each is refused. */
    private static final List<List<String>> SLIPS = List.of(
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'webhook','url':'http://user:c4nary-1@127.0.0.1/'}"),
            List.of("POST", "/api/v1/channels", "{'name':'x','type':'slack','url':'http:// c4nary-2/'}"),
            List.of("POST", "/api/v1/channels", "{'name':'x','type':'discord','url':'c4nary-3'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'webhook','url':'http://127.0.0.1/','secret':'whsec_c4nary-4'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'webhook','url':'http://127.0.0.1/','secret':{'c4nary-5':['c4nary-6']}}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'telegram','token':'c4nary-7','chatId':'c4nary-8'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'ntfy','url':'http://127.0.0.1/t','token':'c4nary 9 c4nary-9'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'email','to':'a@b.example','from':'a@b.example','host':'c4nary-10:x','port':'c4nary-11','username':'u','password':'c4nary-12\\n'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'slack','url':'http://127.0.0.1/" + "c4nary-13".repeat(300) + "'}"),
            List.of(
                    "POST",
                    "/api/v1/channels",
                    "{'name':'x','type':'slack','url':'http://127.0.0.1/" + "c4nary-14".repeat(30_000) + "'}"),
            List.of("PUT", "/api/v1/channels/{id}", "{'type':'ntfy','token':'c4nary-15'}"),
            List.of("PUT", "/api/v1/channels/{id}", "{'url':'http://127.0.0.2/c4nary-16'}"),
            List.of("POST", "/api/v1/session", "{'token':'c4nary-17'}"),
            List.of("POST", "/api/v1/session", "{'token':{'c4nary-18':'c4nary-18'}}"),
            List.of("POST", "/api/v1/session", "c4nary-19"),
            List.of("POST", "/api/v1/session", "{'token':'" + "c4nary-20".repeat(30_000) + "'}"),
            List.of("POST", "/sign-in", "token=c4nary-21&to=/kiosk"),
            List.of("POST", "/sign-out", "csrf=c4nary-22"));

    @TestHTTPResource("/")
    URI site;

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    @ConfigProperty(name = "quarkus.datasource.password")
    String databasePassword;

    @ConfigProperty(name = "detak.data")
    Path data;

    private final Log log = new Log();
    /** A secret and what it is. */
    private final Map<String, String> secrets = new LinkedHashMap<>();

    /** Everything that is logged, as it is written, including stack traces. */
    private static final class Log extends Handler {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        Log() {
            setFormatter(new PatternFormatter("%c %X %s%e"));
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord record) {
            lines.add(getFormatter().format(record));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private record Session(String cookie, String csrf) {

        String[] headers() {
            return new String[] {"Cookie", SessionCookies.NAME + "=" + cookie, "X-CSRF-Token", csrf};
        }
    }

    @BeforeEach
    void listen() {
        TestDatabase.empty(dataSource);
        Logger.getLogger("").addHandler(log);
        Logger.getLogger("id.detak").setLevel(Level.FINE);
    }

    @AfterEach
    void stopListening() {
        Logger.getLogger("").removeHandler(log);
        Logger.getLogger("id.detak").setLevel(null);
        TestDatabase.empty(dataSource);
    }

    @Test
    void secretsAreNeverRevealed() throws Exception {
        String[] admin = bearer(TestDatabase.ADMIN_TOKEN);
        String readToken = JsonPath.from(send("POST", "/api/v1/read-tokens", "{'name':'secrets'}", admin)
                        .body())
                .getString("token");
        Session ofAdmin = signIn(TestDatabase.ADMIN_TOKEN);
        Session ofReader = signIn(readToken);
        secrets.putAll(Map.of(
                "a canary",
                CANARY,
                "the admin's token",
                TestDatabase.ADMIN_TOKEN,
                "a read token",
                readToken,
                "the admin's cookie",
                ofAdmin.cookie,
                "the admin's CSRF token",
                ofAdmin.csrf,
                "a reader's cookie",
                ofReader.cookie,
                "a reader's CSRF token",
                ofReader.csrf,
                "the database's password",
                databasePassword));
        try (Socket stream = new Socket(site.getHost(), site.getPort())) {
            stream.getOutputStream()
                    .write(("GET /api/v1/stream HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\nCookie: "
                                    + ofAdmin.headers()[1] + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            List<UUID> channels = new ArrayList<>();
            for (String settings : CHANNELS) {
                channels.add(UUID.fromString(JsonPath.from(verified(
                                        "POST",
                                        "/api/v1/channels",
                                        settings.replaceFirst("\\{", "{'name':'a channel',"),
                                        admin)
                                .body())
                        .getString("id")));
            }
            secrets.put(
                    "the vault's key",
                    Files.readString(data.resolve("secret-key")).strip());
            fail(channels, admin);
            for (List<String> slip : SLIPS) {
                HttpResponse<String> answer = verified(
                        slip.get(0), slip.get(1).replace("{id}", channels.get(0).toString()), slip.get(2), admin);
                assertThat(answer.statusCode()).as("%s", slip).isBetween(300, 499);
            }
            verified("GET", "/api/v1/latest", "", bearer(CANARY + "bearer"));
            String capture = JsonPath.from(verified(
                                    "POST",
                                    "/api/v1/captures?observedAt=2026-11-24T10:00:00%2B07:00",
                                    Pages.strip("LQ45 900,00 -9,00 -0,99%"),
                                    admin)
                            .body())
                    .getString("id");
            // the credential with most rights first: a cached response must not reach the others
            for (String[] who : List.of(
                    ofAdmin.headers(),
                    admin,
                    ofReader.headers(),
                    bearer(readToken),
                    new String[] {"Cookie", SessionCookies.NAME + "=" + CANARY + "cookie"},
                    new String[0])) {
                for (Route route : Route.all()) {
                    if (route.reads() && route.hasAnEnd()) {
                        verified(
                                "GET",
                                route.path(
                                        route.template().contains("captures")
                                                ? capture
                                                : channels.get(0).toString()),
                                "",
                                who);
                    }
                }
                for (String path : List.of(
                        "/q/health/group/sources",
                        "/api/v1/deliveries?state=waiting",
                        "/api/v1/indicators/LQ45/history.csv?interval=raw",
                        "/alerts?lang=id",
                        "/access?lang=id")) {
                    verified("GET", path, "", who);
                }
            }
            ByteArrayOutputStream streamed = new ByteArrayOutputStream();
            await("a quote").atMost(SOON).pollInSameThread().until(() -> {
                streamed.write(stream.getInputStream()
                        .readNBytes(stream.getInputStream().available()));
                return streamed.toString(StandardCharsets.UTF_8).contains("event:quote");
            });
            verify("the stream", streamed.toString(StandardCharsets.UTF_8), Map.of());
        }
        assertThat(log.lines)
                .anyMatch(line -> line.contains("Not delivered to a channel"))
                .anyMatch(line -> line.contains("Signed in as"));
        log.lines.forEach(line -> verify("the log", line, Map.of()));
    }

    /** Sends a test message and one that was waiting. */
    private void fail(List<UUID> channels, String... admin) throws IOException, InterruptedException {
        for (UUID channel : channels) {
            assertThat(JsonPath.from(verified("POST", "/api/v1/channels/" + channel + "/test", "", admin)
                                    .body())
                            .getBoolean("delivered"))
                    .isFalse();
        }
        Message message = new Message(
                null,
                MessageEvent.FIRING,
                UUID.randomUUID(),
                "a rule",
                Severity.CRITICAL,
                "LQ45",
                OffsetDateTime.parse("2026-11-25T10:00:00+07:00"),
                new BigDecimal("898.70"),
                null,
                null,
                "fell",
                null,
                site + "alerts/1");
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.put(List.of(new Parcel(channels, UUID.randomUUID(), message, null))));
        Receiver.await(
                "a reason for each",
                SOON,
                () -> JsonPath.from(send("GET", "/api/v1/deliveries?state=waiting", "", admin)
                                        .body())
                                .getList("items.reason")
                                .stream()
                                .filter(reason -> reason != null)
                                .count()
                        == channels.size());
    }

    private Session signIn(String token) {
        HttpResponse<String> answer = send("POST", "/api/v1/session", "{'token':'" + token + "'}");
        return new Session(
                answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll("^[^=]+=|;.*", ""),
                JsonPath.from(answer.body()).getString("csrfToken"));
    }

    private static String[] bearer(String token) {
        return new String[] {"Authorization", "Bearer " + token};
    }

    /** Looks for secrets in head and body; only one's own CSRF token may be there. */
    private HttpResponse<String> verified(String method, String path, String body, String... headers) {
        HttpResponse<String> answer = send(method, path, body, headers);
        Map<String, String> own = headers.length < 4 ? Map.of() : Map.of(headers[3], "");
        verify(
                method + " " + path + " for " + String.join(" ", headers),
                answer.statusCode() + " " + answer.headers().map() + answer.body(),
                own);
        return answer;
    }

    private void verify(String where, String text, Map<String, String> own) {
        secrets.forEach((name, secret) -> assertThat(text.contains(secret) && !own.containsKey(secret))
                .as("%s in %s:\n%s", name, where, text)
                .isFalse());
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers) {
        boolean form = path.startsWith("/sign");
        HttpRequest.Builder request = HttpRequest.newBuilder(site.resolve(path))
                .method(method, BodyPublishers.ofString(form ? body : body.replace('\'', '"')))
                .header(
                        "Content-Type",
                        form
                                ? "application/x-www-form-urlencoded"
                                : path.contains("captures") ? "text/html" : "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}

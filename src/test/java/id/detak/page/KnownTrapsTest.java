package id.detak.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.RawHttp;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One test for each class of vulnerability that similar projects had. Others are tested with their feature:
 *
 * <ul>
 *   <li>changedetection.io CVE-2024-51483 ({@code file:} and similar schemes):
 *       {@link id.detak.intake.ConfiguredUrlsTest} for settings, {@link id.detak.notify.channel.ChannelSettingsTest}
 *       for channels, {@link id.detak.capture.fetch.RedirectTest} for redirects.
 *   <li>changedetection.io CVE-2026-27696 (SSRF): {@link id.detak.capture.fetch.RedirectTest},
 *       {@link id.detak.platform.net.AddressesTest} and {@link id.detak.notify.channel.TargetResolverTest}, with host
 *       names that change their address.
 *   <li>Uptime Kuma CVE-2023-49805 (origin of streams) and Quarkus CVE-2026-50559 (policies by path):
 *       {@link id.detak.access.AccessTableTest}.
 *   <li>Uptime Kuma CVE-2023-44400 (sessions that survive a new password): {@link id.detak.access.ReplicasAccessIT}.
 *   <li>Quarkus CVE-2025-66560 (clients that disconnect): {@link id.detak.http.DisconnectedClientsTest}.
 *   <li>Netty CVE-2025-59419 (line ends in mail): {@link id.detak.notify.channel.EmailTest}.
 * </ul>
 */
@QuarkusTest
class KnownTrapsTest extends BrowserTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel: No connection to 127.0.0.1");

    private static final String TEMPLATES = "{7*7}{inject:config}{#eval '1'}{str:a}{cdi:x}";
    private static final String TRAP = "<img src=x onerror=alert(1)>\"'><script>alert(2)</script>" + TEMPLATES;
    private static final String RENAMED = "KOMPAS100";
    private static final Duration SOON = Duration.ofSeconds(10);

    @Inject
    Indicators indicators;

    private String alert;
    private String capture;
    private Response readToken;

    /** Stores hostile text wherever text can enter: page, URL, source, indicator, rule, channel, token, void. */
    private void plant(String channelUrl) {
        execute("update indicator set name_en = :text, name_id = :text where code = '" + RENAMED + "'", TRAP);
        execute("insert into source (name, url) values (:text, 'https://page.example/')", TRAP);
        indicators.invalidate();
        readToken = admin().body(Map.of("name", TRAP))
                .post("/api/v1/read-tokens")
                .then()
                .statusCode(201)
                .extract()
                .response();
        UUID channel = UUID.fromString(admin().body(Map.of("name", TRAP, "type", "webhook", "url", channelUrl))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
        rule(
                TRAP,
                Map.of(
                        "type",
                        "dayChange",
                        "percent",
                        2,
                        "codes",
                        List.of("LQ45"),
                        "text",
                        TRAP,
                        "channels",
                        List.of(channel)));
        Instant at = end.plus(Duration.ofMinutes(5));
        String page = StripPages.page(
                RENAMED + " 1.055 9,60 0,92%",
                Parser.unescapeEntities(TRAP, false).replace("<", "&lt;") + " 12,50 0,50 4,17%",
                "{7*7} 1 2 3");
        capture = intake.take(
                        new Arrival(TRAP, Via.POLL, "javascript:alert(3)", at, null, null, new Arrival.Page(page)))
                .capture()
                .id()
                .toString();
        intake.take(new Arrival(
                TRAP,
                Via.POLL,
                "javascript:alert(3)",
                at.plusSeconds(60),
                null,
                500,
                new Arrival.Nothing(FetchOutcome.HTTP_ERROR, TRAP)));
        admin().body(Map.of("reason", TRAP))
                .put("/api/v1/indicators/" + RENAMED + "/observations/" + at + "/void")
                .then()
                .statusCode(200);
        falls();
        alert = given().get("/api/v1/alerts").then().statusCode(200).extract().path("items[0].id");
    }

    /** All pages that show such text. */
    private List<String> pages() {
        return List.of(
                "/",
                "/?code=" + RENAMED,
                "/alerts",
                "/alerts/" + alert,
                "/rules",
                "/channels",
                "/changes",
                "/kiosk?codes=" + RENAMED,
                "/observations/" + RENAMED,
                "/captures/" + capture);
    }

    @AfterEach
    void clear() {
        execute(
                "update indicator set name_en = 'Kompas100 index', name_id = :text where code = '" + RENAMED + "'",
                "Indeks Kompas100");
        execute("delete from source where name = :text", TRAP);
        execute("delete from read_token where name = :text", TRAP);
        indicators.invalidate();
    }

    private void execute(String sql, String text) {
        QuarkusTransaction.requiringNew()
                .run(() -> em.createNativeQuery(sql).setParameter("text", text).executeUpdate());
    }

    /** changedetection.io: text of users and pages was evaluated as a template. */
    @Test
    void cve_2024_32651_textIsNeverATemplate() {
        try (Receiver receiver = Receiver.start()) {
            plant(receiver.url("/hook"));
            for (String path : pages()) {
                assertThat(Jsoup.parse(given().get(path)
                                        .then()
                                        .statusCode(200)
                                        .extract()
                                        .asString())
                                .text())
                        .as(path)
                        .contains(TEMPLATES);
            }
            assertThat(Jsoup.parse(given().get("/cards/" + RENAMED + ".svg").asString(), "", Parser.xmlParser())
                            .text())
                    .contains(TEMPLATES);
            assertThat(Jsoup.parse(given().get("/api/v1/alerts/feed").asString(), "", Parser.xmlParser())
                            .select("entry > content")
                            .text())
                    .contains(TEMPLATES);
            assertThat(given().get("/api/v1/alerts/" + alert).<String>path("alert.text"))
                    .isEqualTo(TRAP);
            Receiver.await(
                    "the message", SOON, () -> !receiver.requests("/hook").isEmpty());
            assertThat(receiver.requests("/hook").get(0).json().toString()).contains(TEMPLATES);
        }
    }

    /** Alertmanager: stored text ran as a script in the browsers of others. */
    @Test
    void cve_2023_40577_textIsNeverAScript() {
        try (Visit visit = english();
                Visit live = english()) {
            Page watching = live.open("/");
            assertThat(watching.locator("#live")).hasText("live");
            plant("https://127.0.0.1/");
            assertThat(watching.locator("#firing .notice")).containsText(TRAP);
            assertThat(watching.locator("#notice-board .toast .rule")).containsText(TRAP);
            harmless(watching);
            Page page = signedIn(visit, readToken.path("token"), "/");
            for (String path : pages()) {
                visit.open(path);
                harmless(page);
                if (!path.startsWith("/kiosk")) {
                    assertThat(page.locator("#account")).containsText(TRAP);
                }
            }
            visit.open("/?code=" + RENAMED);
            drawn(page, RENAMED);
            page.locator("#chart canvas").first().hover();
            harmless(page);
            page.locator("#more summary").click();
            page.locator("#account form button").click();
            signedIn(visit, TestDatabase.ADMIN_TOKEN, "/access");
            assertThat(page.locator("#read-tokens")).containsText(TRAP);
            harmless(page);
        }
    }

    private static Page signedIn(Visit visit, String token, String to) {
        Page page = visit.open("/sign-in?to=" + to);
        page.locator("#sign-in-token").fill(token);
        page.locator("#sign-in button").click();
        assertThat(page.locator("#account form")).hasCount(1);
        return page;
    }

    /** {@link Visit} checks on close that no dialog opened and no policy was violated. */
    private static void harmless(Page page) {
        assertThat(
                        page.evaluate(
                                "[...document.querySelectorAll('[onerror], [src=x], [href^=\"javascript:\"]')].map((made) => made.outerHTML)"))
                .asList()
                .as(page.url())
                .isEmpty();
    }

    /** Grafana: paths of static files could leave their folder. */
    @Test
    void cve_2021_43798_staticPathsStayInTheirFolder() throws IOException {
        RawHttp http = new RawHttp(site);
        assertThat(http.statusAlone(http.request("GET", "/favicon.svg", "")))
                .as("an existing file")
                .isEqualTo(200);
        List<String> requests = new ArrayList<>();
        for (String folder :
                List.of("/", "/static/", "/static/bundle/", "/q/swagger-ui/", "/cards/", "/api/v1/captures/")) {
            for (String up : List.of(
                    "../",
                    "..%2f",
                    "%2e%2e/",
                    "%2e%2e%2f",
                    ".%2e/",
                    "..\\",
                    "..%5c",
                    "%252e%252e%252f",
                    "..;/",
                    "%c0%ae%c0%ae/",
                    "%c0%ae%c0%ae%c0%af",
                    "%e0%80%ae./",
                    "..%00/",
                    "....//",
                    "%uff0e%uff0e/",
                    "./%2e./",
                    "..%01/",
                    "\u00a0../")) {
                for (String file :
                        List.of("etc/passwd", "application.properties", "META-INF/MANIFEST.MF", "favicon.svg")) {
                    requests.add(http.request("GET", folder + up.repeat(6) + file, ""));
                }
            }
        }
        for (String whole : List.of(
                "../etc/passwd",
                "..",
                "/..",
                "/.",
                "file:///etc/passwd",
                "http://h/../etc/passwd",
                "/application.properties",
                "/META-INF/MANIFEST.MF",
                "/templates/layout.html",
                "/web/app/app.js",
                "/db/migration/",
                "/id/detak/cli/Main.class",
                "/static/",
                "/static/bundle/",
                "/.env",
                "/.git/config")) {
            requests.add(http.request("GET", whole, ""));
        }
        List<Integer> statuses = http.statuses(requests);
        for (int i = 0; i < requests.size(); i++) {
            assertThat(statuses.get(i)).as(requests.get(i)).isIn(400, 404);
        }
    }

    /** Grafana: a local path redirected to another site. */
    @Test
    void cve_2025_4123_localPathsNeverRedirectElsewhere() {
        for (String elsewhere : List.of(
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "javascript:alert(1)",
                "\"><a href=//evil.example>",
                "/..//evil.example",
                "/%2f/evil.example",
                "?//evil.example")) {
            String encoded = URLEncoder.encode(elsewhere, StandardCharsets.UTF_8);
            for (String path : List.of(
                    "/sign-in?to=",
                    "/sign-in?lang=id&to=",
                    "/changes?sort=",
                    "/alerts?before=",
                    "/?code=",
                    "/kiosk?codes=",
                    "/observations/LQ45?to=",
                    "/?" + encoded + "=")) {
                Response answer = given().redirects()
                        .follow(false)
                        .urlEncodingEnabled(false)
                        .header("Accept", "text/html")
                        .get(path + encoded);
                assertThat(answer.header("Location")).as(path + encoded).isNull();
                for (Element leads : Jsoup.parse(answer.asString(), site.toString())
                        .select("[href], [src], [action], [formaction]")) {
                    for (String name : List.of("href", "src", "action", "formaction")) {
                        String to = leads.absUrl(name);
                        assertThat(to.isEmpty() || URI.create(to).getAuthority().equals(site.getAuthority()))
                                .as("%s%s: %s", path, encoded, leads)
                                .isTrue();
                    }
                }
            }
            Response moved =
                    given().redirects().follow(false).urlEncodingEnabled(false).get("/" + encoded + "/%2f..");
            assertThat(moved.header("Location")).as(encoded).isNull();
        }
    }
}

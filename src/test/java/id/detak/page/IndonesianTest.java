package id.detak.page;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import id.detak.alert.rule.RuleType;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.intake.Arrival;
import id.detak.intake.Intake;
import id.detak.testsupport.EnglishWords;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Indonesian pages, messages and problems contain no English sentence. */
@QuarkusTest
class IndonesianTest {

    /** Attributes with names that users chose, or with technical words. */
    private static final Set<String> NAMES = Set.of("data-name", "data-name-en", "data-of");

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel");

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String WHOLE = "• LQ45 900,00 10,00 1,12% • EMAS 1.319.000 0,00% • IDX 7.166 -66,59 -0,92%";

    @Inject
    Intake intake;

    @Inject
    Indicators indicators;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .header("Accept-Language", "id")
                .contentType(ContentType.JSON);
    }

    private UUID poll(String time, Arrival.Content content) {
        return intake.take(new Arrival(
                        "kontan",
                        Via.POLL,
                        null,
                        LocalDateTime.parse(time).toInstant(ZoneOffset.ofHours(7)),
                        null,
                        null,
                        content))
                .capture()
                .id();
    }

    private static Arrival.Content strip(String items) {
        return new Arrival.Page("| : WIB | INDIKATOR |\n" + items + "\nTeks pengisi.\n");
    }

    private static String channel(String name, String url, String language) {
        return admin().body(Map.of("name", name, "type", "webhook", "url", url, "language", language))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .body("language", equalTo(language))
                .extract()
                .path("id");
    }

    private static void rule(String name, Map<String, Object> condition, String... channels) {
        Map<String, Object> rule = new LinkedHashMap<>(condition);
        rule.put("name", name);
        rule.put("codes", List.of("LQ45"));
        rule.put("channels", List.of(channels));
        admin().body(rule).post("/api/v1/rules").then().statusCode(201);
    }

    private static void rulesOfAllTypes(String... channels) {
        rule("Turun sehari", Map.of("type", "dayChange", "percent", 2, "remind", "P1D", "coolDown", "1h"), channels);
        rule("Turun", Map.of("type", "dropOver", "percent", 2, "window", "P30D", "resolvePercent", 1), channels);
        rule("Berubah", Map.of("type", "changeOver", "percent", -2, "window", "5td"), channels);
        rule("Naik", Map.of("type", "changeOver", "percent", 2, "window", "PT6H"));
        rule("Bawah", Map.of("type", "below", "level", 890, "resolveLevel", 895, "confirm", 2));
        rule("Atas", Map.of("type", "above", "level", 1000, "confirm", "PT10M"));
        rule("Rendah", Map.of("type", "newLow", "window", "P1Y"), channels);
        rule("Tinggi", Map.of("type", "newHigh", "window", "P1M"));
        rule(
                "Senyap",
                Map.of("type", "silent", "window", "PT30M", "quietHours", Map.of("from", "22:00", "to", "07:00")));
        assertThat(given().get("/api/v1/rules").jsonPath().getList("items.type", String.class))
                .containsAll(Stream.of(RuleType.values()).map(RuleType::word).toList());
    }

    @Test
    void pagesHaveNoEnglishSentence() {
        List<String> pages = new ArrayList<>(List.of(
                "/", "/?code=EMAS", "/?code=TIDAK-ADA", "/changes", "/alerts", "/rules", "/channels", "/access"));
        assertIndonesian(List.of(
                "/",
                "/changes",
                "/alerts",
                "/rules",
                "/channels",
                "/sources",
                "/imports",
                "/kiosk",
                "/observations/LQ45"));
        rulesOfAllTypes(channel("Tujuan", "http://127.0.0.1:1/", "id"));
        for (int minute = 10; minute < 35; minute += 5) {
            poll("2026-11-23T09:" + minute + ":00", strip(WHOLE));
        }
        poll("2026-11-23T09:40:00", strip("• LQ45 870,00 -30,00 -3,33% • IDX 7.166 -66,59 -0,92% • ???"));
        poll("2026-11-23T09:45:00", strip("• LQ45 860,00 -40,00 -9,99%"));
        poll("2026-11-23T09:50:00", strip("• LQ45 900,00 10,00 1,12% • BARU 12,50 0,50 4,17%"));
        UUID failed = poll(
                "2026-11-23T09:55:00",
                new Arrival.Nothing(FetchOutcome.UNREACHABLE, "No connection to http://127.0.0.1:1 could be made."));
        UUID noStrip = poll("2026-11-23T10:00:00", new Arrival.Page("Halaman tanpa angka."));
        admin().body(Map.of("reason", "angka salah"))
                .put("/api/v1/indicators/EMAS/observations/2026-11-23T09:30:00+07:00/void")
                .then()
                .statusCode(200);
        admin().body(Map.of("hidden", true))
                .patch("/api/v1/indicators/IDX")
                .then()
                .statusCode(200);
        admin().body(Map.of("hidden", false))
                .patch("/api/v1/indicators/IDX")
                .then()
                .statusCode(200);
        admin().body(Map.of("code", "GABUNGAN", "name", Map.of("id", "Gabungan", "en", "Gabungan")))
                .patch("/api/v1/indicators/BARU");
        admin().body(Map.of("name", "Budi")).post("/api/v1/read-tokens").then().statusCode(201);
        admin().body(Map.of("until", "2099-01-01T00:00:00+07:00")).put("/api/v1/mute");
        List<String> alerts = given().get("/api/v1/alerts").path("items.id");
        assertThat(alerts).isNotEmpty();
        alerts.forEach(alert -> pages.add("/alerts/" + alert));
        pages.addAll(List.of(
                "/alerts/" + UUID.randomUUID(),
                "/indicators",
                "/kiosk",
                "/kiosk?codes=LQ45,TIDAK-ADA",
                "/observations/LQ45",
                "/observations/EMAS",
                "/observations/TIDAK-ADA",
                "/captures/" + failed,
                "/captures/" + noStrip,
                "/captures/" + UUID.randomUUID(),
                "/sign-in",
                "/cards/LQ45.svg",
                "/cards/EMAS.svg",
                "/manifest.webmanifest"));
        assertIndonesian(pages);
    }

    private void assertIndonesian(List<String> paths) {
        List<String> english = new ArrayList<>();
        for (String path : paths) {
            Document page = Jsoup.parse(admin().accept(path.endsWith(".svg") ? "*/*" : "text/html, */*")
                    .get(path)
                    .asString());
            page.select("script, style, code, pre, [lang=en], [hreflang=en], #read-tokens h2")
                    .remove();
            List<String> texts = texts(page).stream().map(this::withoutNames).toList();
            assertThat(texts).as(path).isNotEmpty();
            texts.stream()
                    .filter(text -> !EnglishWords.in(text).isEmpty())
                    .forEach(text -> english.add(path + ": " + text + " " + EnglishWords.in(text)));
        }
        assertThat(english).isEmpty();
    }

    /** Names of indicators are proper names, such as IDX High Dividend 20. */
    private String withoutNames(String text) {
        String rest = text;
        for (Indicator indicator : indicators.all()) {
            rest = rest.replace(indicator.name(Locale.forLanguageTag("id")), "");
        }
        return rest;
    }

    /** What people read or hear: text, and attributes with sentences. */
    private static List<String> texts(Document page) {
        return page.getAllElements().stream()
                .flatMap(
                        element -> Stream.concat(element.textNodes().stream().map(TextNode::text), attributes(element)))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private static Stream<String> attributes(Element element) {
        return element.attributes().asList().stream()
                .filter(attribute -> attribute.getKey().startsWith("data-")
                                && attribute.getValue().strip().contains(" ")
                                && !NAMES.contains(attribute.getKey())
                        || List.of("title", "aria-label", "placeholder", "alt", "aria-roledescription")
                                .contains(attribute.getKey()))
                .map(Attribute::getValue);
    }

    @Test
    void messagesAreInTheLanguageOfTheChannel() {
        try (Receiver receiver = Receiver.start()) {
            String indonesian = channel("Tujuan", receiver.url("/id"), "id");
            String english = channel("Target", receiver.url("/en"), "en");
            rulesOfAllTypes(indonesian, english);
            for (int minute = 10; minute < 35; minute += 5) {
                poll("2026-11-23T09:" + minute + ":00", strip(WHOLE));
            }
            poll("2026-11-23T09:40:00", strip("• LQ45 870,00 -30,00 -3,33% • IDX 7.166 -66,59 -0,92%"));
            poll("2026-11-23T09:45:00", strip("• LQ45 905,00 5,00 0,56% • IDX 7.166 -66,59 -0,92%"));
            poll("2026-11-23T09:50:00", strip("• LQ45 905,00 5,00 0,56% • IDX 7.166 -66,59 -0,92%"));
            admin().post("/api/v1/channels/" + indonesian + "/test").then().body("delivered", equalTo(true));
            Receiver.await("all kinds", SOON, () -> Stream.of("firing", "resolved", "test", "\"source\"")
                    .allMatch(kind -> receiver.requests("/id").stream()
                            .anyMatch(request -> request.body().contains(kind))));
            assertThat(receiver.requests("/id")).allSatisfy(request -> {
                String text = request.json().path("text").asText();
                assertThat(EnglishWords.in(text)).as(text).isEmpty();
                assertThat(request.json().path("language").asText()).isEqualTo("id");
            });
            Receiver.await("English", SOON, () -> !receiver.requests("/en").isEmpty());
            assertThat(receiver.requests("/id")).anySatisfy(request -> assertThat(
                            request.json().path("text").asText())
                    .isEqualTo("LQ45: -3,33% dalam sehari, menjadi 870,00 poin (penutupan sebelumnya 900,00 poin)."));
            assertThat(receiver.requests("/en")).anySatisfy(request -> assertThat(
                            request.json().path("text").asText())
                    .isEqualTo("LQ45: -3.33 % on the day, at 870.00 points (previous close 900.00 points)."));
        }
    }

    @Test
    void theLanguageOfAChannelCanBeChanged() {
        String id = channel("Tujuan", "http://127.0.0.1:1/", "en");
        admin().body(Map.of("language", "id"))
                .put("/api/v1/channels/" + id)
                .then()
                .statusCode(200)
                .body("language", equalTo("id"));
        admin().body(Map.of("enabled", true))
                .put("/api/v1/channels/" + id)
                .then()
                .body("language", equalTo("id"));
        admin().body(Map.of("language", "fr"))
                .put("/api/v1/channels/" + id)
                .then()
                .statusCode(400)
                .body("detail", equalTo("language must be en or id."));
        given().get("/api/v1/alerts?lang=fr").then().statusCode(400).body("detail", equalTo("lang must be en or id."));
    }

    @Test
    void alertsFeedAndPresetsHaveTheRequestedLanguage() {
        rulesOfAllTypes();
        poll("2026-11-23T09:30:00", strip(WHOLE));
        poll("2026-11-23T09:40:00", strip("• LQ45 870,00 -30,00 -3,33%"));
        String text = "items.find { it.rule == 'Turun sehari' }.text";
        given().get("/api/v1/alerts").then().body(text, startsWith("LQ45: -3.33 % on the day, at 870.00 points"));
        given().header("Accept-Language", "id")
                .get("/api/v1/alerts")
                .then()
                .body(text, startsWith("LQ45: -3.33 % on the day"));
        given().get("/api/v1/alerts?lang=id").then().body(text, startsWith("LQ45: -3,33% dalam sehari"));
        assertThat(given().get("/api/v1/alerts/feed").asString()).contains("Firing: LQ45", "xml:lang=\"en\"");
        assertThat(given().get("/api/v1/alerts/feed?lang=id").asString()).contains("Terpicu: LQ45", "xml:lang=\"id\"");
        List<String> presets = given().get("/api/v1/rules/presets?lang=id").path("items.name");
        assertThat(presets)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(EnglishWords.in(name)).as(name).isEmpty());
    }

    @Test
    void problemsAreTranslatedOnRequest() {
        String path = "/api/v1/rules/" + UUID.randomUUID();
        given().get(path).then().statusCode(404).body("detail", startsWith("There is no such rule."));
        given().header("Accept-Language", "id")
                .get(path)
                .then()
                .statusCode(404)
                .header("Content-Language", "id")
                .contentType("application/problem+json")
                .body("detail", equalTo("Aturan itu tidak ada lagi. Muat ulang halaman."));
    }
}

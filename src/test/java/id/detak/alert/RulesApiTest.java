package id.detak.alert;

import static id.detak.testsupport.ExactDecimals.decimal;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import id.detak.alert.rule.Rule;
import id.detak.platform.language.Language;
import id.detak.series.history.TimeRange;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.runtime.TransactionConfiguration;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Rules and alerts over HTTP. */
@QuarkusTest
class RulesApiTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of()
            .orPerhaps("Not delivered to a channel")
            // of the alert that a test makes unreadable
            .orPerhaps("A notification was lost: .*ValueInstantiationException");

    private static final String RULE =
            "{\"name\":\"a fall\",\"codes\":[\"LQ45\"],\"type\":\"dropOver\",\"percent\":5,\"window\":\"P30D\",\"resolvePercent\":4,\"confirm\":2,"
                    + "\"coolDown\":\"PT1H\",\"remind\":\"P1D\",\"severity\":\"warning\",\"channels\":[],\"enabled\":true}";

    private static final String[] ALERT_FIELDS = {
        "id",
        "ruleId",
        "rule",
        "type",
        "severity",
        "code",
        "state",
        "firedAt",
        "tradingDay",
        "value",
        "changePercent",
        "reference",
        "referenceAt",
        "captureId",
        "worstValue",
        "worstChangePercent",
        "worstAt",
        "resolvedAt",
        "resolvedValue",
        "resolvedCause",
        "resolvedCaptureId",
        "text",
        "url"
    };

    @Inject
    StarterRules starterRules;

    @Inject
    DataSource dataSource;

    private static final String[] FIRING_FIELDS = {
        "code",
        "firedAt",
        "tradingDay",
        "value",
        "changePercent",
        "reference",
        "referenceAt",
        "captureId",
        "worstValue",
        "worstChangePercent",
        "worstAt",
        "resolvedAt",
        "resolvedValue",
        "resolvedCause"
    };

    @Inject
    Clock clock;

    @BeforeEach
    void emptyTables() throws SQLException {
        TestDatabase.empty(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from setting where key = 'starter-rules'");
        }
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN);
    }

    private static String create(String rule) {
        return admin().body(rule)
                .post("/api/v1/rules")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void see(String at, String item) {
        admin().contentType("text/plain; charset=utf-8")
                .body(Pages.strip(item))
                .queryParam("observedAt", at + "+07:00")
                .post("/api/v1/captures")
                .then()
                .statusCode(201);
    }

    @Test
    void aRuleComesBackAsItWasSent() {
        String id = create(RULE);
        given().get("/api/v1/rules/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("a fall"))
                .body("codes", contains("LQ45"))
                .body("window", equalTo("P30D"))
                .body("coolDown", equalTo("PT1H"))
                .body("remind", equalTo("P1D"))
                .body("confirm", equalTo(2))
                .body("percent", equalTo(5))
                .body("enabled", equalTo(true));
        String whole = given().get("/api/v1/rules/" + id).asString();
        admin().body(whole).put("/api/v1/rules/" + id).then().statusCode(200).body("name", equalTo("a fall"));
    }

    @Test
    void codesAreOptionalAndConfirmMayBeATime() {
        String id = create("{\"name\":\"any\",\"type\":\"dayChange\",\"percent\":2,\"confirm\":\"PT10M\"}");
        given().get("/api/v1/rules/" + id)
                .then()
                .body("codes", contains("*"))
                .body("confirm", equalTo("PT10M"))
                .body("severity", equalTo("warning"));
    }

    @Test
    void codesAreAcceptedInTheFormUsedInUrls() {
        create(
                "{\"name\":\"funds\",\"codes\":[\"rd.pendapatan-tetap\",\"USDIDR\"],\"type\":\"dayChange\",\"percent\":2}");
        given().get("/api/v1/rules").then().body("items[0].codes", contains("RD.PENDAPATAN TETAP", "USD/IDR"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}                                                                             | name is one line",
                "{\"name\":\"x\"}                                                               | type is missing",
                "{\"name\":\"x\",\"type\":\"fall\"}                                             | type must be one of dayChange, dropOver",
                "{\"name\":\"x\",\"type\":\"dayChange\"}                                        | dayChange needs percent",
                "{\"name\":\"x\",\"type\":\"dayChange\",\"percent\":-2}                         | percent is the size of the fall",
                "{\"name\":\"x\",\"type\":\"dayChange\",\"percent\":2,\"windw\":\"1d\"}         | There is no field 'windw'",
                "{\"name\":\"x\",\"type\":\"dropOver\",\"percent\":2}                           | dropOver needs window",
                "{\"name\":\"x\",\"type\":\"dropOver\",\"percent\":2,\"window\":\"5 days\"}     | is no length of time",
                "{\"name\":\"x\",\"type\":\"dropOver\",\"percent\":2,\"window\":\"P30D\",\"resolvePercent\":3} | resolvePercent is what may be left",
                "{\"name\":\"x\",\"type\":\"changeOver\",\"percent\":0,\"window\":\"P7D\"}      | percent is signed and not 0",
                "{\"name\":\"x\",\"type\":\"below\",\"percent\":5}                              | but a level",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":900,\"resolveLevel\":890}         | resolveLevel of below is level or above",
                "{\"name\":\"x\",\"type\":\"silent\",\"window\":\"5td\"}                        | counts hours in which the market is open",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":900,\"confirm\":0}                | confirm must be a number of observations",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":\"many\"}                         | level",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":1e999999999}                      | digits",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":9,\"codes\":[\"NOPE\"]}           | One of the codes is not an indicator",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":9,\"channels\":[\"00000000-0000-0000-0000-000000000000\"]} | There is no channel",
                "{\"name\":\"x\",\"type\":\"below\",\"level\":9,\"quietHours\":{\"from\":\"07:00\",\"to\":\"07:00\"}} | two different times",
                "[1]                                                                            | must be a JSON object",
                "{\"name\":                                                                     | must be a JSON object"
            })
    void invalidRulesAreRejectedWithADetail(String rule, String sentence) {
        admin().body(rule)
                .post("/api/v1/rules")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(sentence));
        given().get("/api/v1/rules").then().body("items", hasSize(0));
    }

    @Test
    void writingRequiresTheTokenBeforeAnythingElse() {
        given().body("{").post("/api/v1/rules").then().statusCode(401);
        given().body("{").put("/api/v1/rules/none").then().statusCode(401);
        given().delete("/api/v1/rules/none").then().statusCode(401);
        given().post("/api/v1/rules/backtest").then().statusCode(401);
        given().post("/api/v1/channels").then().statusCode(401);
        given().put("/api/v1/rules/none/snooze").then().statusCode(401);
        admin().body("{}").put("/api/v1/rules/none").then().statusCode(404);
        admin().delete("/api/v1/rules/" + UUID.randomUUID()).then().statusCode(404);
    }

    @Test
    void snoozeMustEndInTheFuture() {
        String id = create(RULE);
        admin().body("{\"until\":\"2020-01-01T00:00:00+07:00\"}")
                .put("/api/v1/rules/" + id + "/snooze")
                .then()
                .statusCode(400);
        OffsetDateTime until =
                clock.instant().atOffset(ZoneOffset.ofHours(-5)).plusHours(2).withNano(0);
        admin().body("{\"until\":\"" + until + "\"}")
                .put("/api/v1/rules/" + id + "/snooze")
                .then()
                .statusCode(200)
                .body("snoozedUntil", notNullValue());
        admin().delete("/api/v1/rules/" + id + "/snooze").then().statusCode(204);
        given().get("/api/v1/rules/" + id).then().body("snoozedUntil", nullValue());
    }

    @Test
    void presetsAreValidRules() {
        given().get("/api/v1/rules/presets")
                .then()
                .statusCode(200)
                .body("items.name", hasItem("LQ45 falls 2 % in a day"))
                .body("items.type", hasItem("silent"));
        assertThat(given().get("/api/v1/rules/presets").jsonPath().getList("items"))
                .allSatisfy(preset -> admin().contentType("application/json")
                        .body(preset)
                        .post("/api/v1/rules")
                        .then()
                        .statusCode(201));
    }

    @Test
    void newInstallationHasThreeRulesThatStayDeleted() {
        starterRules.create(Language.INDONESIAN);
        List<String> ids = given().get("/api/v1/rules")
                .then()
                .body(
                        "items.name",
                        containsInAnyOrder(
                                "LQ45 turun 2% dalam sehari",
                                "LQ45 turun 5% dari titik tertinggi 30 hari", "Sumber tidak mengirim data"))
                .body("items.channels.flatten()", empty())
                .extract()
                .path("items.id");
        ids.forEach(id -> admin().delete("/api/v1/rules/" + id).then().statusCode(204));
        starterRules.create(Language.ENGLISH);
        given().get("/api/v1/rules").then().body("items", empty());
    }

    @Test
    void databaseWithCapturesGetsNoStarterRules() throws Exception {
        see("2026-11-24T10:00:00", "LQ45 900,00");
        starterRules.create(Language.ENGLISH);
        given().get("/api/v1/rules").then().body("items", empty());
    }

    @Test
    void alertsHaveTransitionsAndAFeedEntry() throws Exception {
        String id = create(
                "{\"name\":\"<b>{7*7} & co\",\"codes\":[\"LQ45\"],\"type\":\"below\",\"level\":850,\"text\":\"{code} at {value}; {unknown} {config:x} & \\\"<\\u0007\\u2028\"}");
        see("2026-11-24T10:00:00", "LQ45 900,00");
        see("2026-11-24T10:05:00", "LQ45 840,00");
        see("2026-11-24T10:10:00", "LQ45 830,00");
        String alert = given().get("/api/v1/alerts?state=firing&code=LQ45&rule=" + id)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].keySet()", contains(ALERT_FIELDS))
                .body("items[0].value", equalTo(decimal("840.00")))
                .body("items[0].worstValue", equalTo(decimal("830.00")))
                .body("items[0].text", equalTo("LQ45 at 840.00; {unknown} {config:x} & \"<\u0007\u2028"))
                .extract()
                .path("items[0].id");
        see("2026-11-24T10:15:00", "LQ45 860,00");
        String capture = given().get("/api/v1/alerts/" + alert)
                .then()
                .statusCode(200)
                .body("alert.state", equalTo("resolved"))
                .body("steps.to", contains("firing", "resolved"))
                .body("steps.at", contains("2026-11-24T10:05:00+07:00", "2026-11-24T10:15:00+07:00"))
                .extract()
                .path("alert.captureId");
        given().get("/api/v1/captures/" + capture)
                .then()
                .statusCode(200)
                .body("quotes[0].value", equalTo(decimal("840.00")));
        given().get("/api/v1/rules/" + id)
                .then()
                .body("states[0].state", equalTo("resolved"))
                .body("states[0].code", equalTo("LQ45"));

        String feed = given().get("/api/v1/alerts/feed")
                .then()
                .statusCode(200)
                .contentType("application/atom+xml")
                .extract()
                .asString();
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Document atom = factory.newDocumentBuilder().parse(new InputSource(new StringReader(feed)));
        assertThat(atom.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "title")
                        .item(1)
                        .getTextContent())
                .isEqualTo("Resolved: LQ45 · <b>{7*7} & co");
        assertThat(atom.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "content")
                        .item(0)
                        .getTextContent())
                .isEqualTo("LQ45 at 840.00; {unknown} {config:x} & \"<\u2028");
        assertThat(atom.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "category")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("term")
                        .getNodeValue())
                .isEqualTo("warning");
        assertThat(atom.getElementsByTagNameNS("http://www.w3.org/2005/Atom", "updated")
                        .item(0)
                        .getTextContent())
                .isEqualTo("2026-11-24T10:15:00+07:00");
        given().get("/api/v1/alerts/none").then().statusCode(404);
        given().get("/api/v1/alerts?state=broken").then().statusCode(400);
        given().get("/api/v1/alerts?before=yesterday").then().statusCode(400);
        given().get("/api/v1/alerts?limit=0").then().statusCode(400);
    }

    @Test
    void anAlertsTransitionsBeginWithItsConfirmation() {
        String id = create("{\"name\":\"twice\",\"codes\":[\"LQ45\"],\"type\":\"below\",\"level\":850,\"confirm\":2}");
        for (String seen : new String[] {
            "10:00:00 LQ45 840,00",
            "10:05:00 LQ45 860,00",
            "10:10:00 LQ45 830,00",
            "10:15:00 LQ45 820,00",
            "10:20:00 LQ45 900,00",
            "10:25:00 LQ45 810,00"
        }) {
            see("2026-11-24T" + seen.substring(0, 8), seen.substring(9));
        }
        String alert = given().get("/api/v1/alerts")
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("items[0].id");
        given().get("/api/v1/alerts/" + alert)
                .then()
                .body("steps.to", contains("pending", "firing", "resolved"))
                .body("steps[0].at", equalTo("2026-11-24T10:10:00+07:00"));
        given().get("/api/v1/rules/" + id + "/steps")
                .then()
                .statusCode(200)
                .body("items.to", contains("pending", "resolved", "firing", "pending", "ok", "pending"))
                .body("items[5].value", equalTo(decimal("840.00")))
                .body("items[5].code", equalTo("LQ45"))
                .body("items[5].captureId", notNullValue())
                .body("items[5].alertId", nullValue());
        given().get("/api/v1/rules/" + UUID.randomUUID() + "/steps").then().statusCode(404);
    }

    @Test
    void pagingListsEveryAlertFiredAtTheSameInstant() {
        for (int i = 0; i < 7; i++) {
            create("{\"name\":\"rule " + i + "\",\"codes\":[\"LQ45\"],\"type\":\"below\",\"level\":850}");
        }
        see("2026-11-24T10:00:00", "LQ45 840,00");
        List<String> seen = new ArrayList<>();
        List<String> page = given().get("/api/v1/alerts?limit=3").jsonPath().getList("items.rule");
        while (!page.isEmpty()) {
            seen.addAll(page);
            String last = given().get("/api/v1/alerts?limit=1000")
                    .jsonPath()
                    .getList("items.id", String.class)
                    .get(seen.size() - 1);
            page = given().get("/api/v1/alerts?limit=3&before=" + last)
                    .jsonPath()
                    .getList("items.rule");
        }
        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    /** An alert that cannot be read shows which alerts the page has loaded. */
    @Test
    void overviewReadsOnlyTheMostSevereAlerts() throws SQLException {
        create("{\"name\":\"a murmur\",\"type\":\"below\",\"level\":850,\"severity\":\"info\"}");
        for (int i = 0; i < 5; i++) {
            create("{\"name\":\"alarm " + i + "\",\"type\":\"below\",\"level\":850,\"severity\":\""
                    + (i < 2 ? "warning" : "critical") + "\"}");
        }
        see("2026-11-24T10:00:00", "LQ45 840,00");
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update alert set definition = '{}' where severity = 'info'"))
                    .isEqualTo(1);
        }
        String page = given().get("/").then().statusCode(200).extract().asString();
        assertThat(page).contains("alarm 0", "alarm 4").doesNotContain("a murmur");
        assertThat(page.indexOf("alarm 4")).isLessThan(page.indexOf("alarm 0"));
    }

    @Test
    void aBacktestReportsFiringsAndStoresNothing() {
        see("2026-11-23T10:00:00", "LQ45 1.000,00");
        see("2026-11-23T11:00:00", "LQ45 940,00");
        see("2026-11-24T10:00:00", "LQ45 930,00");
        see("2026-11-24T11:00:00", "LQ45 970,00");
        admin().body(
                        "{\"codes\":[\"LQ45\"],\"type\":\"dropOver\",\"percent\":5,\"window\":\"P30D\",\"resolvePercent\":4}")
                .post("/api/v1/rules/backtest")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("firings[0].keySet()", contains(FIRING_FIELDS))
                .body("firings[0].firedAt", equalTo("2026-11-23T11:00:00+07:00"))
                .body("firings[0].value", equalTo(decimal("940.00")))
                .body("firings[0].changePercent", equalTo(-6))
                .body("firings[0].worstChangePercent", equalTo(-7))
                .body("firings[0].worstValue", equalTo(decimal("930.00")))
                .body("firings[0].resolvedAt", equalTo("2026-11-24T11:00:00+07:00"))
                .body("observations", equalTo(4))
                .body("perMonth", notNullValue())
                .body("indicators[0].state", equalTo("resolved"));
        given().get("/api/v1/rules").then().body("items", hasSize(0));
        given().get("/api/v1/alerts").then().body("items", hasSize(0));
        admin().body("{\"codes\":[\"LQ45\"],\"type\":\"dropOver\",\"percent\":5,\"window\":\"P30D\"}")
                .post("/api/v1/rules/backtest?from=2026-11-24")
                .then()
                .statusCode(200)
                .body("firings[0].firedAt", equalTo("2026-11-24T10:00:00+07:00"));
    }

    /** A backtest may read years; the default limit of a transaction is a minute. */
    @Test
    void backtestsHaveTheirOwnTransactionLimit() throws NoSuchMethodException {
        TransactionConfiguration limit = Backtest.class
                .getDeclaredMethod("run", Rule.class, TimeRange.class)
                .getAnnotation(TransactionConfiguration.class);
        assertThat(limit).isNotNull();
        assertThat(limit.timeout()).isEqualTo(Backtest.MAX_SECONDS).isGreaterThanOrEqualTo(600);
    }
}

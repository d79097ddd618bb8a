package id.detak.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.database.GaugeRefresh;
import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.TestDatabase;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Handler;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics, health and log of a running Detak. */
@QuarkusTest
class OperationsTest {

    private static final Path OPS = Path.of("src/main/ops");
    private static final Pattern METRIC = Pattern.compile("\\bdetak_[a-z_]+");

    @Inject
    Sources sources;

    @Inject
    Polls polls;

    @Inject
    Intake intake;

    @Inject
    GaugeRefresh gauges;

    @Inject
    DataSource dataSource;

    @Inject
    Clock clock;

    @TestHTTPResource
    URI home;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @AfterEach
    void restoreSources() {
        sources.configure();
    }

    private void setUrl(String url) throws SQLException {
        execute("update source set url = '" + url + "', due_at = now(), lease_until = null where name = 'kontan'");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void poll() {
        polls.poll(sources.claim(Duration.ofMinutes(1)).orElseThrow());
    }

    private String metrics() {
        gauges.refresh();
        return given().get("/q/metrics").asString();
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType("application/json");
    }

    private static Set<String> named(Path file) {
        try {
            return METRIC.matcher(Files.readString(file))
                    .results()
                    .map(r -> r.group())
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void metricsOfDashboardAndPrometheusRulesExist() throws Exception {
        try (Origin origin = Origin.of(path -> Answer.page(Pages.LATER));
                Receiver receiver = Receiver.start()) {
            String channel = admin().body("{\"name\":\"c\",\"type\":\"webhook\",\"url\":\"" + receiver.url("/") + "\"}")
                    .post("/api/v1/channels")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            admin().body("{\"name\":\"r\",\"codes\":[\"LQ45\"],\"type\":\"below\",\"level\":900,\"channels\":[\""
                            + channel + "\"]}")
                    .post("/api/v1/rules")
                    .then()
                    .statusCode(201);
            setUrl(origin.url("/"));
            poll();
            Receiver.await("the message", Duration.ofSeconds(60), () -> metrics()
                    .contains("detak_deliveries_total{outcome=\"taken\",type=\"webhook\"}"));
            given().get("/api/v1/indicators/LQ45/history");
            given().get("/api/v1/changes");

            String metrics = metrics();
            assertThat(METRIC.matcher(metrics).results().map(r -> r.group()).collect(Collectors.toSet()))
                    .containsAll(named(OPS.resolve("grafana-dashboard.json")))
                    .containsAll(named(OPS.resolve("prometheus-rules.yml")));
            assertThat(metrics)
                    .contains(
                            "detak_indicator_value{code=\"USD/IDR\",unit=\"IDR\"} 16175.0",
                            "detak_indicator_change_percent{code=\"LQ45\"} -1.44",
                            "detak_polls_total{outcome=\"ok\",source=\"kontan\"}",
                            "detak_alerts_firing{severity=\"warning\"} 1.0");
            new ObjectMapper().readTree(OPS.resolve("grafana-dashboard.json").toFile());
        }
    }

    @Test
    void suspectValuesAreOmittedAndHostileCodesEscaped() throws Exception {
        execute("""
                with i as (insert into indicator (code, name_id, name_en, kind, unit, discovered_at) values (E'A\\\\B"}\\nx 1', '', '', 'other', '', now()) returning id),
                s as (insert into series (indicator_id, version) select id, 1 from i)
                insert into observation (indicator_id, observed_at, value, quality, trading_day) select id, now(), 12, 'ok', current_date from i
                """);
        Instant at = clock.instant();
        intake.take(new Arrival(
                "x", Via.POST, null, at, null, null, new Arrival.Page(Pages.strip("LQ45 839,00 -12,11 -9,44%"))));
        assertThat(metrics()
                        .lines()
                        .filter(line -> line.startsWith("detak_indicator"))
                        .toList())
                .contains(
                        "detak_indicator_suspect{code=\"LQ45\"} 1.0",
                        "detak_indicator_value{code=\"A\\\\B\\\"}\\nx 1\",unit=\"\"} 12.0")
                .noneMatch(line -> line.matches("detak_indicator_(value|change_percent)\\{code=\"LQ45\".*"));
    }

    @Test
    void inventedPathsAndMethodsCreateNoTimeSeries() throws Exception {
        for (String line : new String[] {
            "GET /invented-1",
            "POST /invented-2",
            "POST /{invented-3}",
            "INVENTED4 /",
            "GET //invented-5",
            "GET /api/v1/indicators/invented-6/history",
            "GET /;invented-7"
        }) {
            ask(line);
        }
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains("uri=\"CLIENT_ERROR\"")
                .contains("method=\"OTHER\"")
                .doesNotContainIgnoringCase("invented");
    }

    private void ask(String line) throws IOException {
        try (Socket socket = new Socket(home.getHost(), home.getPort());
                OutputStream out = socket.getOutputStream();
                InputStream in = socket.getInputStream()) {
            out.write((line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            in.readAllBytes();
        }
    }

    @Test
    void silentSourcesDoNotAffectReadiness() throws Exception {
        execute(
                "insert into capture (id, source, via, observed_at, outcome) values (gen_random_uuid(), 'kontan', 'poll', now() - interval '30 days', 'ok')");
        gauges.refresh();
        given().get("/q/health/group/sources").then().statusCode(503).body("status", equalTo("DOWN"));
        given().get("/q/health/ready").then().statusCode(200).body("checks.name", equalTo(List.of("database")));
        given().get("/q/health/live").then().statusCode(200);
        given().get("/q/health").then().statusCode(200);
    }

    @Test
    void logMessagesStayOnOneLine() {
        List<Handler> consoles = Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .map(Handler.class::cast)
                .filter(ConsoleHandler.class::isInstance)
                .toList();
        assertThat(consoles).isNotEmpty().allSatisfy(console -> {
            ExtLogRecord record = new ExtLogRecord(Level.WARNING, "first\nsecond", OperationsTest.class.getName());
            console.isLoggable(record);
            assertThat(record.getFormattedMessage()).isEqualTo("first\\nsecond");
        });
    }
}

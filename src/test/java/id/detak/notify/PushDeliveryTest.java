package id.detak.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.notify.Outbox.Parcel;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.PushSubscriber;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.Receiver.Reply;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages reach a subscribed device by its push service, until the subscription ends. */
@QuarkusTest
class PushDeliveryTest {

    @RegisterExtension
    static final ExpectedLog LOG =
            ExpectedLog.of("Channel .* is disabled: 127.0.0.1 answered 410", "Not delivered to a channel");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String REASON = "127.0.0.1 answered 410: this device is no longer subscribed.";

    private static Receiver pushService;

    @Inject
    Outbox outbox;

    @Inject
    DataSource dataSource;

    private final PushSubscriber device = PushSubscriber.create();

    @BeforeAll
    static void listen() {
        pushService = Receiver.start();
    }

    @AfterAll
    static void stop() {
        pushService.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
        pushService.forget();
        pushService.answer(request -> Reply.status(201));
    }

    @Test
    void theDeviceGetsAnAlert() throws IOException {
        String key =
                admin().get("/api/v1/push-key").then().statusCode(200).extract().path("publicKey");
        UUID channel = channel();
        UUID alert = UUID.randomUUID();
        put(MessageEvent.FIRING, alert, "LQ45 fell.", channel);
        await("delivered", () -> states(channel).equals(List.of("delivered")));
        Receiver.Request request = pushService.requests("/canary-1").get(0);
        JsonNode notice = JSON.readTree(device.decrypt(request.bytes()));
        assertThat(notice.path("title").asText()).isEqualTo("Firing: LQ45 · a rule");
        assertThat(notice.path("text").asText()).isEqualTo("LQ45 fell.");
        assertThat(notice.path("path").asText()).isEqualTo("/alerts/" + alert);
        assertThat(PushSubscriber.claims(request.header("Authorization"), key)
                        .path("sub")
                        .asText())
                .startsWith("https://");
        assertThat(request.header("Topic")).isEqualTo(alert.toString().replace("-", ""));
    }

    @Test
    void anEndedSubscriptionDisablesTheDevice() {
        UUID channel = channel();
        pushService.answer(request -> Reply.status(request.path().equals("/canary-1") ? 410 : 201));
        put(MessageEvent.FIRING, UUID.randomUUID(), "first", channel);
        await("failed", () -> states(channel).equals(List.of("failed")));
        given().get("/api/v1/channels/" + channel)
                .then()
                .body("enabled", equalTo(false))
                .body("lastDelivery.reason", equalTo(REASON));
        given().get("/channels").then().body(containsString(REASON)).body(not(containsString("canary")));
        put(MessageEvent.FIRING, UUID.randomUUID(), "second", channel);
        assertThat(states(channel)).containsExactly("waiting", "failed");

        admin().body(Map.of("subscription", device.subscription(pushService.url("/canary-2")), "enabled", true))
                .put("/api/v1/channels/" + channel)
                .then()
                .statusCode(200);
        await("delivered", () -> states(channel).equals(List.of("delivered", "failed")));
        assertThat(device.decrypt(pushService.requests("/canary-2").get(0).bytes()))
                .contains("second");
    }

    @Test
    void theTestOfAnEndedSubscriptionDisablesTheDevice() {
        UUID channel = channel();
        test(channel, true, null);
        assertThat(device.decrypt(pushService.requests("/canary-1").get(0).bytes()))
                .contains("Test message from Detak to the channel My phone.", "\"path\":\"/channels\"");
        pushService.answer(request -> Reply.status(404));
        test(channel, false, REASON.replace("410", "404"));
        given().get("/api/v1/channels/" + channel).then().body("enabled", equalTo(false));
    }

    @Test
    void anAttemptThatWaitsLeavesTheDeviceEnabled() {
        UUID channel = channel();
        pushService.answer(request -> new Reply(429, Duration.ZERO, Map.of("Retry-After", "3600")));
        put(MessageEvent.FIRING, UUID.randomUUID(), "fell", channel);
        await(
                "put off",
                () -> count(
                                "select count(*) from lane where not_before between now() + interval '50 minutes' and now() + interval '1 hour'")
                        == 1);
        given().get("/api/v1/channels/" + channel)
                .then()
                .body("enabled", equalTo(true))
                .body("lastDelivery.state", equalTo("waiting"))
                .body("lastDelivery.reason", equalTo("127.0.0.1 answered 429."));
    }

    @Test
    void anEndpointInsideTheNetworkIsRefused() {
        UUID channel = channel("https://10.1.2.3/canary");
        test(
                channel,
                false,
                "The host 10.1.2.3 resolves to an address inside your network; to allow it, add it to DETAK_NOTIFY_ALLOW.");
        given().get("/api/v1/channels/" + channel).then().body("enabled", equalTo(true));
    }

    private static void test(UUID channel, boolean delivered, String reason) {
        admin().post("/api/v1/channels/" + channel + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(delivered))
                .body("reason", reason == null ? nullValue() : equalTo(reason));
    }

    private UUID channel() {
        return channel(pushService.url("/canary-1"));
    }

    private UUID channel(String endpoint) {
        return UUID.fromString(admin().body(
                        Map.of("name", "My phone", "type", "webpush", "subscription", device.subscription(endpoint)))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .body(not(containsString("canary")))
                .extract()
                .path("id"));
    }

    private static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON);
    }

    private void put(MessageEvent event, UUID alert, String text, UUID channel) {
        Message message = DeliveryTest.message(event, alert, text);
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.put(List.of(new Parcel(List.of(channel), UUID.randomUUID(), message, null))));
    }

    private static void await(String what, BooleanSupplier condition) {
        Receiver.await(what, SOON, condition);
    }

    private static List<String> states(UUID channel) {
        return given().get("/api/v1/deliveries?channel=" + channel)
                .then()
                .statusCode(200)
                .extract()
                .path("items.state");
    }

    private long count(String query) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

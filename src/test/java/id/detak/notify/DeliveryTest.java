package id.detak.notify;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import id.detak.database.LeaseTable.Claim;
import id.detak.notify.Outbox.Parcel;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.Receiver.Reply;
import id.detak.testsupport.Receiver.Request;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Messages go from the outbox to the receiver in order, are retried, and are merged on channels that people read. */
@QuarkusTest
class DeliveryTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("Not delivered to a channel");

    private static final Duration SOON = Duration.ofSeconds(60);
    /** The deliverer has 32 threads. */
    private static final int MORE_THAN_ALL_THREADS = 40;

    private static Receiver receiver;

    @Inject
    Outbox outbox;

    @Inject
    Lanes lanes;

    @Inject
    DataSource dataSource;

    @Inject
    Clock clock;

    @BeforeAll
    static void listen() {
        receiver = Receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.close();
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
        receiver.forget();
        receiver.answer(request -> Reply.TAKEN);
    }

    private static UUID channel(String type, String path) {
        return UUID.fromString(given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(Map.of("name", type + path, "type", type, "url", receiver.url(path)))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    static Message message(MessageEvent event, UUID alert, String text) {
        return new Message(
                null,
                event,
                alert,
                "a rule",
                Severity.WARNING,
                "LQ45",
                OffsetDateTime.parse("2026-11-25T10:00:00+07:00"),
                new BigDecimal("898.70"),
                new BigDecimal("-2.68"),
                new BigDecimal("923.50"),
                text,
                null,
                "http://localhost/alerts/" + alert);
    }

    private void put(UUID rule, Instant notBefore, MessageEvent event, UUID alert, String text, UUID... channels) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.put(
                        List.of(new Parcel(List.of(channels), rule, message(event, alert, text), notBefore))));
    }

    private static void await(String what, BooleanSupplier condition) {
        Receiver.await(what, SOON, condition);
    }

    private static List<String> texts(String path) {
        return receiver.requests(path).stream()
                .map(request -> request.json().path("text").asText())
                .toList();
    }

    private static List<String> states(UUID channel) {
        return given().get("/api/v1/deliveries?channel=" + channel)
                .then()
                .statusCode(200)
                .extract()
                .path("items.state");
    }

    /**
     * Waits until everything that was due before this call is sent, because lanes are claimed in the order in which
     * they fall due.
     */
    private void awaitSentWhatIsDue() {
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "marker", channel("webhook", "/marker"));
        await("the marker", () -> !receiver.requests("/marker").isEmpty());
        awaitIdle();
    }

    private void awaitIdle() {
        await("no lane is worked on", () -> count("select count(*) from lane where lease_until is not null") == 0);
    }

    @Test
    void messagesOfARollbackAreNeverSent() {
        UUID hook = channel("webhook", "/hook");
        QuarkusTransaction.begin();
        outbox.put(List.of(new Parcel(
                List.of(hook), UUID.randomUUID(), message(MessageEvent.FIRING, UUID.randomUUID(), "never"), null)));
        QuarkusTransaction.rollback();
        awaitSentWhatIsDue();
        assertThat(receiver.requests("/hook")).isEmpty();
    }

    @Test
    void messagesOfARuleArriveInOrderThoughTheFirstFails() {
        UUID hook = channel("webhook", "/hook");
        UUID rule = UUID.randomUUID();
        UUID alert = UUID.randomUUID();
        Refusals refusals = new Refusals(Reply.status(500));
        put(rule, null, MessageEvent.FIRING, alert, "fell", hook);
        put(rule, null, MessageEvent.RESOLVED, alert, "rose", hook);
        assertThat(refusals.delays()).startsWith(2L);
        await("delivered", () -> states(hook).equals(List.of("delivered", "delivered")));
        List<Request> requests = receiver.requests("/hook");
        assertThat(texts("/hook"))
                .startsWith("fell", "fell")
                .endsWith("fell", "rose")
                .containsOnlyOnce("rose");
        List<Request> fell = requests.subList(0, requests.size() - 1);
        assertThat(fell).extracting(Request::key).containsOnly(requests.get(0).key());
        assertThat(fell).extracting(Request::body).containsOnly(requests.get(0).body());
    }

    /** Refuses the first request, and reads the wait before each later one from the database. */
    private final class Refusals {

        private final AtomicInteger refused = new AtomicInteger();
        private final List<Long> delays = new CopyOnWriteArrayList<>();

        Refusals(Reply refusal) {
            receiver.answer(request -> {
                if (refused.getAndIncrement() == 0) {
                    return refusal;
                }
                // negative where the wait has not ended: the request came too early
                delays.add(count("""
                        select coalesce(max(case when l.not_before <= now() then 1 else -1 end * extract(epoch from l.not_before - n.last_tried_at))::bigint, 0)
                        from lane l join notification n on n.lane = l.key where n.state = 'waiting' and n.tries = 1
                        """));
                return Reply.TAKEN;
            });
        }

        /** In seconds, between the requests. */
        List<Long> delays() {
            await("another try", () -> !delays.isEmpty());
            return delays;
        }
    }

    @Test
    void aHangingChannelDelaysNoOther() {
        UUID hanging = channel("webhook", "/hanging");
        UUID good = channel("webhook", "/good");
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        receiver.answer(request -> {
            if (request.path().equals("/hanging")) {
                begun.incrementAndGet();
                awaitEnd(end);
            }
            return Reply.TAKEN;
        });
        try {
            QuarkusTransaction.requiringNew()
                    .run(() -> outbox.put(Stream.generate(() -> new Parcel(
                                    List.of(hanging),
                                    UUID.randomUUID(),
                                    message(MessageEvent.FIRING, UUID.randomUUID(), "hanging"),
                                    null))
                            .limit(MORE_THAN_ALL_THREADS)
                            .toList()));
            await("one hangs", () -> begun.get() > 0);
            put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "good", good);
            await("the good one", () -> receiver.requests("/good").size() == 1);
            assertThat(begun)
                    .as("requests to the hanging channel, of which each pair is given up after a while")
                    .hasValueLessThan(MORE_THAN_ALL_THREADS / 2);
            assertThat(receiver.requests("/hanging")).as("answered").isEmpty();
        } finally {
            end.countDown();
        }
        await("the hanging ones", () -> count("select count(*) from notification where state = 'waiting'") == 0);
    }

    private static void awaitEnd(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aRefusedMessageDoesNotBlockOtherRules() {
        UUID hook = channel("webhook", "/hook");
        receiver.answer(request -> request.body().contains("poison") ? Reply.status(400) : Reply.TAKEN);
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "poison", hook);
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "fine", hook);
        await("the other", () -> texts("/hook").contains("fine"));
    }

    @Test
    void peopleGetOneMessageAndAWebhookGetsEach() {
        UUID slack = channel("slack", "/slack");
        UUID hook = channel("webhook", "/hook");
        QuarkusTransaction.requiringNew().run(() -> {
            List<Parcel> parcels = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                parcels.add(new Parcel(
                        List.of(slack, hook),
                        UUID.randomUUID(),
                        message(MessageEvent.FIRING, UUID.randomUUID(), "fall number " + i),
                        null));
            }
            outbox.put(parcels);
        });
        await(
                "all",
                () -> receiver.requests("/hook").size() == 3
                        && receiver.requests("/slack").size() == 1);
        assertThat(texts("/slack").get(0)).contains("fall number 0", "fall number 1", "fall number 2");
    }

    @Test
    void aSecondAlertWithinAMinuteIsGathered() {
        UUID slack = channel("slack", "/slack");
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "first", slack);
        await("the first", () -> states(slack).equals(List.of("delivered")));
        awaitIdle();
        UUID second = UUID.randomUUID();
        put(UUID.randomUUID(), null, MessageEvent.FIRING, second, "second", slack);
        assertThat(count("select count(*) from lane where due_at = last_firing_at + interval '1 minute'"))
                .isEqualTo(1);
        awaitSentWhatIsDue();
        assertThat(receiver.requests("/slack")).hasSize(1);
        // the end of an alert does not wait
        put(UUID.randomUUID(), null, MessageEvent.RESOLVED, second, "over", slack);
        await("both as one", () -> receiver.requests("/slack").size() == 2);
        assertThat(texts("/slack").get(1)).contains("second", "over");
    }

    @Test
    void aClockThatIsSetBackDelaysNoNewAlert() throws SQLException {
        UUID slack = channel("slack", "/slack");
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "first", slack);
        await("the first", () -> states(slack).equals(List.of("delivered")));
        awaitIdle();
        sql("update lane set last_firing_at = now() + interval '30 days', not_before = now() + interval '30 days'");
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "second", slack);
        await("the second", () -> states(slack).equals(List.of("delivered", "delivered")));
    }

    @Test
    void alertsAreGatheredThoughTheLaneIsLeased() throws SQLException {
        UUID slack = channel("slack", "/slack");
        change(slack, "{\"enabled\":false}");
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "first", slack);
        await(
                "the disabled lane is released",
                () -> count("select count(*) from lane where due_at is null and lease_until is null") == 1);
        sql("update lane set lease_version = 7, lease_until = now() + interval '1 hour'");
        Claim claim = new Claim(slack.toString(), 7);
        assertThat(lanes.delivered(claim, lanes.take(claim, true).orElseThrow()))
                .isTrue();

        UUID second = UUID.randomUUID();
        put(UUID.randomUUID(), null, MessageEvent.FIRING, second, "second", slack);
        assertThat(lanes.take(claim, true)).as("due at once").isEmpty();
        change(slack, "{\"enabled\":true}");
        lanes.release(claim);
        assertThat(count("select count(*) from lane where due_at = last_firing_at + interval '1 minute'"))
                .isEqualTo(1);

        put(UUID.randomUUID(), null, MessageEvent.RESOLVED, second, "over", slack);
        await("both as one", () -> receiver.requests("/slack").size() == 1);
        assertThat(texts("/slack").get(0)).contains("second", "over");
    }

    @Test
    void transactionsWithTheSameLanesDoNotDeadlock() throws Exception {
        UUID one = channel("webhook", "/one");
        UUID other = channel("webhook", "/other");
        UUID rule = UUID.randomUUID();
        put(rule, null, MessageEvent.FIRING, UUID.randomUUID(), "makes the lanes", one, other);
        await("sent", () -> receiver.requests().size() == 2);
        awaitIdle();
        CyclicBarrier bothHavePutOne = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<?>> transactions = List.of(
                    threads.submit(() -> putInTurn(rule, bothHavePutOne, one, other)),
                    threads.submit(() -> putInTurn(rule, bothHavePutOne, other, one)));
            for (Future<?> transaction : transactions) {
                transaction.get();
            }
        } finally {
            threads.shutdownNow();
        }
        await("all sent", () -> receiver.requests().size() == 6);
    }

    private void putInTurn(UUID rule, CyclicBarrier bothHavePutOne, UUID first, UUID second) {
        QuarkusTransaction.requiringNew().run(() -> {
            outbox.put(List.of(
                    new Parcel(List.of(first), rule, message(MessageEvent.FIRING, UUID.randomUUID(), "first"), null)));
            meet(bothHavePutOne);
            outbox.put(List.of(new Parcel(
                    List.of(second), rule, message(MessageEvent.FIRING, UUID.randomUUID(), "second"), null)));
        });
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void resolvedIsNotSentIfFiringNeverArrived() throws SQLException {
        UUID hook = channel("webhook", "/hook");
        UUID rule = UUID.randomUUID();
        UUID alert = UUID.randomUUID();
        receiver.answer(request -> Reply.status(500));
        put(rule, null, MessageEvent.FIRING, alert, "fell", hook);
        await("a try", () -> !receiver.requests("/hook").isEmpty());
        sql("update notification set first_tried_at = now() - interval '25 hours'");
        await("failed", () -> states(hook).equals(List.of("failed")));
        receiver.forget();
        put(rule, null, MessageEvent.RESOLVED, alert, "rose", hook);
        await("skipped", () -> states(hook).equals(List.of("skipped", "failed")));
        assertThat(receiver.requests()).isEmpty();

        receiver.answer(request -> Reply.TAKEN);
        String key = given().get("/api/v1/deliveries?state=failed")
                .then()
                .body("items[0].reason", equalTo("127.0.0.1 answered 500."))
                .extract()
                .path("items[0].key");
        given().post("/api/v1/deliveries/" + key + "/retry").then().statusCode(401);
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .post("/api/v1/deliveries/" + key + "/retry")
                .then()
                .statusCode(204);
        await("sent again, its end too", () -> states(hook).equals(List.of("delivered", "delivered")));
        assertThat(texts("/hook")).containsExactly("fell", "rose");
        assertThat(receiver.requests().get(0).key()).isEqualTo(key);
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .post("/api/v1/deliveries/" + key + "/retry")
                .then()
                .statusCode(409);
    }

    @Test
    void snoozingOneRuleDoesNotDelayOthers() {
        UUID slack = channel("slack", "/slack");
        UUID snoozed = UUID.randomUUID();
        outbox.snooze(snoozed, clock.instant().plusSeconds(3600));
        put(snoozed, null, MessageEvent.FIRING, UUID.randomUUID(), "snoozed", slack);
        put(UUID.randomUUID(), null, MessageEvent.REMINDER, alertSentTo(slack), "another", slack);
        await(
                "the other",
                () -> receiver.requests("/slack").size() >= 1
                        && texts("/slack").stream().anyMatch(text -> text.contains("another")));
        assertThat(texts("/slack")).noneMatch(text -> text.contains("snoozed"));
        outbox.snooze(snoozed, null);
        await("it wakes", () -> texts("/slack").stream().anyMatch(text -> text.contains("snoozed")));
    }

    private UUID alertSentTo(UUID channel) {
        UUID alert = UUID.randomUUID();
        put(UUID.randomUUID(), null, MessageEvent.FIRING, alert, "sent", channel);
        return alert;
    }

    @Test
    void messagesOfQuietHoursAreSentInOrderAtTheirEnd() throws SQLException {
        UUID hook = channel("webhook", "/hook");
        UUID rule = UUID.randomUUID();
        UUID alert = UUID.randomUUID();
        Instant end = clock.instant().plusSeconds(3600);
        put(rule, end, MessageEvent.FIRING, alert, "fell", hook);
        put(rule, null, MessageEvent.RESOLVED, alert, "rose", hook);
        awaitSentWhatIsDue();
        assertThat(receiver.requests("/hook")).isEmpty();
        sql("update notification set not_before = now() where not_before = '" + end + "'");
        sql("update lane set due_at = now() where due_at = '" + end + "'");
        await("both", () -> receiver.requests("/hook").size() == 2);
        assertThat(texts("/hook")).containsExactly("fell", "rose");
    }

    @Test
    void aLaneIsNotDueBeforeItsFirstMessage() {
        UUID hook = channel("webhook", "/hook");
        UUID rule = UUID.randomUUID();
        UUID alert = UUID.randomUUID();
        put(rule, clock.instant().plusSeconds(3600), MessageEvent.FIRING, alert, "fell", hook);
        put(rule, null, MessageEvent.RESOLVED, alert, "rose", hook);
        await(
                "put off",
                () -> count(
                                "select count(*) from lane where lease_until is null and due_at > now() + interval '50 minutes'")
                        == 1);
    }

    @Test
    void whatDoesNotFitIsSentInTheNextMessage() {
        UUID discord = channel("discord", "/discord");
        QuarkusTransaction.requiringNew().run(() -> {
            List<Parcel> parcels = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                parcels.add(new Parcel(
                        List.of(discord),
                        UUID.randomUUID(),
                        message(MessageEvent.FIRING, UUID.randomUUID(), "number " + i + " " + "x".repeat(600)),
                        null));
            }
            outbox.put(parcels);
        });
        await("all", () -> states(discord).stream().filter("delivered"::equals).count() == 6);
        String all = receiver.requests("/discord").stream()
                .map(request -> request.json().path("content").asText())
                .reduce("", String::concat);
        assertThat(all)
                .contains("number 0", "number 1", "number 2", "number 3", "number 4", "number 5")
                .doesNotContain("more");
    }

    @Test
    void retryAfterIsHonoured() {
        UUID hook = channel("webhook", "/hook");
        Refusals refusals = new Refusals(new Reply(429, Duration.ZERO, Map.of("Retry-After", "3")));
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "fell", hook);
        assertThat(refusals.delays()).startsWith(3L);
        await("delivered", () -> states(hook).equals(List.of("delivered")));
    }

    @Test
    void aDisabledChannelKeepsItsMessages() {
        UUID hook = channel("webhook", "/hook");
        change(hook, "{\"enabled\":false}");
        put(UUID.randomUUID(), null, MessageEvent.FIRING, UUID.randomUUID(), "fell", hook);
        assertThat(states(hook)).containsExactly("waiting");
        change(hook, "{\"enabled\":true}");
        await("sent", () -> texts("/hook").equals(List.of("fell")));
    }

    private static void change(UUID channel, String json) {
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(json)
                .put("/api/v1/channels/" + channel)
                .then()
                .statusCode(200);
    }

    @Test
    void aLostLeaseSendsNothing() throws SQLException {
        UUID hook = channel("webhook", "/hook");
        change(hook, "{\"enabled\":false}");
        UUID rule = UUID.randomUUID();
        put(rule, null, MessageEvent.FIRING, UUID.randomUUID(), "fell", hook);
        await(
                "the disabled lane is released",
                () -> count("select count(*) from lane where due_at is null and lease_until is null") == 1);
        sql("update lane set lease_version = 7, lease_until = now() + interval '1 hour'");
        Claim claim = new Claim(Outbox.lane(hook, false, rule), 7);
        assertThat(lanes.take(claim, false)).isPresent();
        sql("update lane set lease_version = lease_version + 1");
        assertThat(lanes.take(claim, false)).isEmpty();
        sql("update lane set lease_version = lease_version - 1, lease_until = now() - interval '1 second'");
        assertThat(lanes.take(claim, false)).isEmpty();
    }

    @Test
    void channelsShowNoSecretsAndTestsTheirResult() {
        String id = given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .contentType(ContentType.JSON)
                .body(Map.of(
                        "name",
                        "{7*7}",
                        "type",
                        "webhook",
                        "url",
                        receiver.url("/canary-path"),
                        "secret",
                        "canary-secret"))
                .post("/api/v1/channels")
                .then()
                .statusCode(201)
                .body(not(containsString("canary")))
                .body("name", equalTo("{7*7}"))
                .extract()
                .path("id");
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .post("/api/v1/channels/" + id + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(true));
        assertThat(receiver.requests("/canary-path").get(0).json().path("event").asText())
                .isEqualTo("test");
        receiver.answer(request -> Reply.status(404));
        given().header("Authorization", "Bearer " + TestDatabase.ADMIN_TOKEN)
                .post("/api/v1/channels/" + id + "/test")
                .then()
                .statusCode(200)
                .body("delivered", equalTo(false))
                .body("reason", equalTo("127.0.0.1 answered 404."));
        given().get("/api/v1/channels")
                .then()
                .body(not(containsString("canary")))
                .body("items[0].lastDelivery.state", equalTo("failed"));
        given().post("/api/v1/channels/" + id + "/test").then().statusCode(401);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }

    private long count(String query) {
        try (Connection connection = dataSource.getConnection();
                Statement sql = connection.createStatement();
                var row = sql.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}

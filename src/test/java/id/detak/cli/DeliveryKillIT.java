package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.PostgresOf;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.Receiver.Reply;
import id.detak.testsupport.Receiver.Request;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rules fire and resolve many times a second while kill -9 ends the program between recording and delivery, and the receiver
 * fails at random, also after it has taken a message. Then what was decided, by the database, is compared with what arrived.
 * {@code mvn verify -Pchaos} kills two hundred times.
 */
class DeliveryKillIT {

    private static final int ROUNDS = Integer.getInteger("detak.it.delivery-kills", 3);
    private static final long SEED = Long.getLong("detak.it.seed", System.nanoTime());
    private static final int LONGEST_ROUND_MILLIS = 1200;
    private static final Duration CALM_LIMIT = Duration.ofSeconds(90);
    private static final String TOKEN = "t";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Told(String key, String rule, String event, String alert, String state, int tries) {
    }

    @TempDir
    static Path folder;

    private static PackagedDetak detak;
    private static Receiver receiver;
    private static volatile RunningDetak running;
    private static PostgresOf postgres;
    private static final AtomicInteger CUTS = new AtomicInteger();
    private static final Set<String> TAKEN = new HashSet<>();
    private static final Map<String, Integer> TAKEN_TIMES = new HashMap<>();
    private static final List<String> TAKEN_FIRST = new ArrayList<>();

    private static List<Told> told;
    private static long steps;
    private static long waiting;

    @BeforeAll
    static void killWhileRulesFire() throws Exception {
        System.out.println("DeliveryKillIT: " + ROUNDS + " rounds, -Ddetak.it.seed=" + SEED);
        Random random = new Random(SEED);
        receiver = Receiver.start();
        detak = PackagedDetak.on(folder.resolve("data")).with("DETAK_SOURCE_URL", "http://127.0.0.1:1/").with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", TOKEN).with("DETAK_NOTIFY_ALLOW", "127.0.0.1");
        postgres = new PostgresOf(detak.data());
        running = detak.serve();
        String first = channel("/first");
        String second = channel("/second");
        rule("both", List.of(first, second), 850);
        rule("one", List.of(first), 830);
        receiver.answer(request -> fail(request, random));
        Thread seen = new Thread(DeliveryKillIT::feed, "feed");
        seen.start();
        for (int round = 0; round < ROUNDS; round++) {
            Thread.sleep(random.nextInt(LONGEST_ROUND_MILLIS));
            running.kill();
            running = detak.serve();
        }
        Thread.sleep(500);
        feeding = false;
        seen.join();
        receiver.answer(DeliveryKillIT::take);
        Receiver.await("everything delivered or failed", CALM_LIMIT, () -> count("select count(*) from notification where state = 'waiting'") == 0);
        readDatabase();
        System.out.printf("DeliveryKillIT: %d messages, %d requests, %d cut after they were taken%n", told.size(), receiver.requests().size(), CUTS.get());
    }

    private static volatile boolean feeding = true;

    /** Values that make both rules fire and resolve, one after the other. What a kill interrupts may be recorded or not. */
    private static void feed() {
        int[] values = {900, 800, 900, 845, 820, 860, 810, 900};
        for (int i = 0; feeding; i++) {
            try {
                post("/api/v1/captures?observedAt=" + URLEncoder.encode(Instant.now().toString(), StandardCharsets.UTF_8), Pages.strip("LQ45 " + values[i % values.length] + ",00"));
                Thread.sleep(15);
            } catch (IOException e) {
                // it has just been killed
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static Reply fail(Request request, Random random) {
        int dice;
        synchronized (random) {
            dice = random.nextInt(100);
        }
        if (dice < 20) {
            return Reply.status(503);
        }
        take(request);
        if (dice < 26) {
            CUTS.incrementAndGet();
            return Reply.CUT;
        }
        return new Reply(200, Duration.ofMillis(dice / 4), Map.of());
    }

    private static synchronized Reply take(Request request) {
        String key = request.key() + request.path();
        if (TAKEN.add(key)) {
            TAKEN_FIRST.add(request.path() + " " + request.key());
        }
        TAKEN_TIMES.merge(request.key(), 1, Integer::sum);
        return Reply.TAKEN;
    }

    private static String channel(String path) throws Exception {
        return created(post("/api/v1/channels", "{\"name\":\"" + path.substring(1) + "\",\"type\":\"webhook\",\"url\":\"" + receiver.url(path) + "\"}"));
    }

    private static void rule(String name, List<String> channels, int level) throws Exception {
        created(post("/api/v1/rules", "{\"name\":\"%s\",\"codes\":[\"LQ45\"],\"type\":\"below\",\"level\":%d,\"channels\":%s}".formatted(name, level, JSON.writeValueAsString(channels))));
    }

    private static String created(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        JsonNode json = JSON.readTree(answer.body());
        return json.get("id").asText();
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + detak.httpPort() + path)).header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(10)).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private static long count(String query) {
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void readDatabase() throws SQLException {
        told = new ArrayList<>();
        try (Connection connection = postgres.connect(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id, message::json ->> 'rule', event, alert_id, state, tries from notification order by seq")) {
            while (row.next()) {
                told.add(new Told(row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getInt(6)));
            }
        }
        waiting = told.stream().filter(message -> message.state.equals("waiting")).count();
        steps = count("""
                select count(*) from rule_transition t join rule r on r.id = t.rule_id
                cross join lateral json_array_elements_text(r.definition::json -> 'channels') c
                where t.to_state = 'firing' or t.from_state = 'firing'
                """);
    }

    @AfterAll
    static void leaveNothingRunning() {
        if (running != null) {
            running.close();
        }
        if (postgres != null) {
            postgres.kill();
        }
        if (receiver != null) {
            receiver.close();
        }
    }

    @Test
    void everyStepThatWasCommittedIsToldOnEachChannelOfItsRule() {
        assertThat(steps).as("steps, each for each channel").isGreaterThan(ROUNDS * 4L);
        assertThat(told).hasSize((int) steps);
        assertThat(waiting).isZero();
    }

    @Test
    void whatIsDeliveredWasTakenAndNothingElseWasSent() {
        Set<String> delivered = told.stream().filter(message -> message.state.equals("delivered")).map(Told::key).collect(Collectors.toSet());
        Set<String> all = told.stream().map(Told::key).collect(Collectors.toSet());
        assertThat(TAKEN_TIMES.keySet()).as("taken by the receiver (seed %d)", SEED).containsAll(delivered);
        assertThat(all).as("nothing that was not committed is sent").containsAll(receiver.requests().stream().map(Request::key).toList());
        assertThat(told).extracting(Told::state).containsOnly("delivered");
    }

    @Test
    void repeatsAreNoMoreThanKillsAndCuts() {
        int repeats = TAKEN_TIMES.values().stream().mapToInt(times -> times - 1).sum();
        // at each kill a message of each lane may have been under way
        assertThat(repeats).as("repeats (seed %d)", SEED).isLessThanOrEqualTo(ROUNDS * 3 + CUTS.get());
    }

    @Test
    void eachRuleIsToldInItsOrderOnEachChannel() {
        Map<String, Integer> order = new HashMap<>();
        told.forEach(message -> order.put(message.key, order.size()));
        Map<String, String> ruleOf = told.stream().collect(Collectors.toMap(Told::key, Told::rule));
        Map<String, List<Integer>> lanes = new HashMap<>();
        for (String arrival : TAKEN_FIRST) {
            String[] parts = arrival.split(" ");
            lanes.computeIfAbsent(parts[0] + " " + ruleOf.get(parts[1]), lane -> new ArrayList<>()).add(order.get(parts[1]));
        }
        assertThat(lanes).hasSize(3);
        assertThat(lanes).allSatisfy((lane, arrived) -> assertThat(arrived).as("%s (seed %d)", lane, SEED).isSorted());
    }

    @Test
    void eachAlertIsToldOnceAndFiringFirst() {
        Map<String, List<String>> stories = new HashMap<>();
        told.forEach(message -> stories.computeIfAbsent(message.rule + message.alert, alert -> new ArrayList<>()).add(message.event));
        assertThat(stories).allSatisfy((alert, events) -> {
            List<String> once = events.stream().distinct().toList();
            assertThat(once).isIn(List.of("firing"), List.of("firing", "resolved"));
            assertThat(events).hasSize(once.size() * (alert.startsWith("both") ? 2 : 1));
        });
    }
}

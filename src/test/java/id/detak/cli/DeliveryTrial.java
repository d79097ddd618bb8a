package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.Receiver;
import id.detak.testsupport.Receiver.Reply;
import id.detak.testsupport.Receiver.Request;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/**
 * Two rules that fire and resolve many times a second, and two webhooks that fail at random, even after accepting a
 * message. At the end, compares the committed steps in the database with the messages that arrived.
 */
final class DeliveryTrial implements AutoCloseable {

    static final String TOKEN = "t";
    private static final Duration CALM_LIMIT = Duration.ofMinutes(5);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration FEED_LIMIT = Duration.ofSeconds(10);
    /** The values of the pages, twice. */
    private static final int MIN_PAGES = 16;

    private static final Duration FEED_PAUSE = Duration.ofMillis(15);
    private static final Duration HANG = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Receiver receiver = Receiver.start();
    private final Random random;
    private final String code;
    private final Map<String, Integer> taken = new HashMap<>();
    private final List<String> arrivals = new ArrayList<>();
    private int cuts;
    private volatile boolean feeding = true;
    private volatile int stored;
    private volatile Trouble trouble = Trouble.SOMETIMES;
    private List<Delivery> deliveries;
    private long steps;

    /** @param code an indicator that no other page contains */
    DeliveryTrial(long seed, String code) {
        this.code = code;
        this.random = new Random(seed);
        receiver.answer(this::failAtRandom);
    }

    /**
     * How the receiver fails: sometimes, always, by not responding, or by accepting the message and cutting the
     * connection.
     */
    enum Trouble {
        SOMETIMES,
        FAILS,
        HANGS,
        CUTS
    }

    record Delivery(String key, String rule, String event, String alert, String state) {}

    interface Database {
        Connection connect() throws SQLException;
    }

    private Reply failAtRandom(Request request) {
        int dice;
        synchronized (this) {
            dice = random.nextInt(100);
        }
        if (trouble == Trouble.HANGS) {
            return new Reply(503, HANG, Map.of());
        }
        if (trouble == Trouble.FAILS || trouble == Trouble.SOMETIMES && dice < 20) {
            return Reply.status(503);
        }
        take(request);
        if (trouble == Trouble.CUTS || dice < 26) {
            synchronized (this) {
                cuts++;
            }
            return Reply.CUT;
        }
        return new Reply(200, Duration.ofMillis(dice / 4), Map.of());
    }

    private synchronized Reply take(Request request) {
        if (taken.merge(request.key(), 1, Integer::sum) == 1) {
            arrivals.add(request.path() + " " + request.key());
        }
        return Reply.TAKEN;
    }

    /** Two webhooks, a rule for both and one for the first. */
    void prepare(int port) throws Exception {
        String first = channel(port, "/first");
        String second = channel(port, "/second");
        rule(port, "both", List.of(first, second), 850);
        rule(port, "one", List.of(first), 830);
    }

    private String channel(int port, String path) throws Exception {
        HttpResponse<String> answer = post(
                port,
                "/api/v1/channels",
                "{\"name\":\"" + path.substring(1) + "\",\"type\":\"webhook\",\"url\":\"" + receiver.url(path) + "\"}",
                ANSWER_LIMIT);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return JSON.readTree(answer.body()).get("id").asText();
    }

    private void rule(int port, String name, List<String> channels, int level) throws Exception {
        String rule = "{\"name\":\"%s\",\"codes\":[\"%s\"],\"type\":\"below\",\"level\":%d,\"channels\":%s}"
                .formatted(name, code, level, JSON.writeValueAsString(channels));
        assertThat(post(port, "/api/v1/rules", rule, ANSWER_LIMIT).statusCode()).isEqualTo(201);
    }

    /** Posts pages whose values make both rules fire and resolve. A page interrupted by a kill may be stored or not. */
    Thread feed(IntSupplier port) {
        int[] values = {900, 800, 900, 845, 820, 860, 810, 900};
        Thread thread = new Thread(
                () -> {
                    for (int i = 0; feeding; i++) {
                        try {
                            HttpResponse<String> answer = post(
                                    port.getAsInt(),
                                    "/api/v1/captures?observedAt="
                                            + URLEncoder.encode(Instant.now().toString(), StandardCharsets.UTF_8),
                                    Pages.strip(code + " " + values[i % values.length] + ",00"),
                                    FEED_LIMIT);
                            if (answer.statusCode() / 100 == 2) {
                                stored = stored + 1;
                            }
                            PackagedDetak.pause(FEED_PAUSE);
                        } catch (IOException e) {
                            // the process was just killed or suspended
                        } catch (InterruptedException e) {
                            throw new AssertionError(e);
                        }
                    }
                },
                "feed");
        thread.start();
        return thread;
    }

    private static HttpResponse<String> post(int port, String path, String body, Duration limit)
            throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .timeout(limit)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Stops the pages, accepts all messages and waits until none is left. */
    void calmDown(Thread feed, Database database) throws Exception {
        feeding = false;
        feed.join();
        settle(database);
    }

    /** Waits until both rules have fired and resolved some times, which takes long on a busy machine. */
    void awaitSteps() {
        Receiver.await("pages that were stored", CALM_LIMIT, () -> stored >= MIN_PAGES);
    }

    /** Waits until the receiver gets one more message. */
    void awaitRequest() {
        int before = receiver.requests().size();
        Receiver.await("one more message", CALM_LIMIT, () -> receiver.requests().size() > before);
    }

    void cause(Trouble next) {
        trouble = next;
    }

    /** Accepts all messages and waits until none is left. */
    void settle(Database database) throws Exception {
        receiver.answer(this::take);
        Receiver.await("everything delivered or failed", CALM_LIMIT, () -> {
            try (Connection connection = database.connect()) {
                return count(connection, "select count(*) from notification where state = 'waiting'") == 0;
            } catch (SQLException e) {
                return false;
            }
        });
        try (Connection connection = database.connect()) {
            read(connection);
        }
    }

    /** The counts that a test prints at its end. */
    String counts() {
        if (deliveries == null) {
            return "not settled";
        }
        long lost = deliveries.stream()
                        .filter(message -> !taken.containsKey(message.key))
                        .count()
                + Math.max(0, steps - ofRules().size());
        return String.format(Locale.ROOT, "%,d messages, %,d lost, %,d repeated", deliveries.size(), lost, repeats());
    }

    /** The messages of rules, without those about sources. */
    private List<Delivery> ofRules() {
        return deliveries.stream()
                .filter(message -> !message.rule.startsWith("Source "))
                .toList();
    }

    private void read(Connection connection) throws SQLException {
        deliveries = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "select id, message::json ->> 'rule', event, alert_id, state from notification order by seq")) {
            while (row.next()) {
                deliveries.add(new Delivery(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5)));
            }
        }
        steps = count(connection, """
                select count(*) from rule_transition t join rule r on r.id = t.rule_id
                cross join lateral json_array_elements_text(r.definition::json -> 'channels') c
                where t.to_state = 'firing' or t.from_state = 'firing'
                """);
    }

    private static long count(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    int messagesOfRules() {
        return ofRules().size();
    }

    int repeats() {
        return taken.values().stream().mapToInt(times -> times - 1).sum();
    }

    int cuts() {
        return cuts;
    }

    void everyCommittedStepWasDelivered() {
        assertThat(steps).as("steps, each for each channel").isGreaterThan(4);
        assertThat(ofRules()).hasSize((int) steps);
        assertThat(deliveries).extracting(Delivery::state).containsOnly("delivered");
    }

    void onlyCommittedMessagesWereSent() {
        Set<String> keys = deliveries.stream().map(Delivery::key).collect(Collectors.toSet());
        assertThat(taken.keySet()).isEqualTo(keys);
        assertThat(keys)
                .as("nothing that was not committed is sent")
                .containsAll(receiver.requests().stream().map(Request::key).toList());
    }

    void eachChannelGotTheStepsOfARuleInOrder() {
        Map<String, Integer> order = new HashMap<>();
        deliveries.forEach(message -> order.put(message.key, order.size()));
        Map<String, String> ruleOf = deliveries.stream().collect(Collectors.toMap(Delivery::key, Delivery::rule));
        Map<String, List<Integer>> lanes = new HashMap<>();
        for (String arrival : arrivals) {
            String[] parts = arrival.split(" ");
            lanes.computeIfAbsent(parts[0] + " " + ruleOf.get(parts[1]), lane -> new ArrayList<>())
                    .add(order.get(parts[1]));
        }
        assertThat(lanes)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy((lane, arrived) -> assertThat(arrived).as(lane).isSorted());
    }

    void eachAlertWasDeliveredOnceAndFiringFirst() {
        Map<String, List<String>> stories = new HashMap<>();
        deliveries.forEach(message -> stories.computeIfAbsent(message.rule + message.alert, alert -> new ArrayList<>())
                .add(message.event));
        assertThat(stories).allSatisfy((alert, events) -> {
            List<String> once = events.stream().distinct().toList();
            assertThat(once).isIn(List.of("firing"), List.of("firing", "resolved"));
            if (alert.startsWith("Source ")) {
                // a problem that comes back within a day is the same one, with another firing and another end
                int fired = Collections.frequency(events, "firing");
                int resolved = Collections.frequency(events, "resolved");
                assertThat(List.of(resolved, resolved + 2)).contains(fired);
                assertThat(events.size()).isEven();
            } else {
                assertThat(events).hasSize(once.size() * (alert.startsWith("one") ? 1 : 2));
            }
        });
    }

    @Override
    public void close() {
        receiver.close();
    }
}

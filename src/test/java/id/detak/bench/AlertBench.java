package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A thousand rules on ten indicators by the minute: the time they add to recording a capture of ten quotes, with short
 * and with long windows, against queries for the highest value in each window.
 */
class AlertBench {

    private static final LocalDate LAST_DAY = LocalDate.of(2025, 10, 31);
    private static final int MINUTES = 60 * 24 * 62;
    private static final int RULES_EACH = 100;
    private static final int ROUNDS = 15;
    private static final int CAPTURES = 40;
    private static final int WARMING = 600;
    private static final String TOKEN = "t";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    /** A program with its own database, and the moment of the next capture. */
    private static final class Side {
        private final PackagedDetak detak;
        private Instant next = LAST_DAY.plusDays(1).atStartOfDay().toInstant(ZoneOffset.ofHours(7));
        private List<BigDecimal> values;

        Side(PackagedDetak detak) {
            this.detak = detak;
        }

        void capture() throws Exception {
            StringBuilder strip = new StringBuilder("| : WIB | INDIKATOR |\n");
            for (int i = 0; i < MinuteRows.CODES.size(); i++) {
                // each time another value: rises and falls of a few cents
                BigDecimal value = values.get(i).add(new BigDecimal(next.getEpochSecond() / 60 % 7).movePointLeft(2));
                strip.append("  • ")
                        .append(MinuteRows.CODES.get(i))
                        .append(' ')
                        .append(value.setScale(2).toPlainString().replace('.', ','))
                        .append('\n');
            }
            assertThat(post(
                                    "/api/v1/captures?observedAt=" + next,
                                    strip.append("\nTeks pengisi.\n").toString())
                            .statusCode())
                    .isEqualTo(201);
            next = next.plusSeconds(60);
        }

        void rules(String... windows) throws Exception {
            for (String code : MinuteRows.CODES) {
                for (int i = 0; i < RULES_EACH; i++) {
                    String rule =
                            "{\"name\":\"r\",\"codes\":[\"%s\"],\"type\":\"dropOver\",\"percent\":%d,\"window\":\"%s\"}"
                                    .formatted(code, 60 + i % 30, windows[i % windows.length]);
                    assertThat(post("/api/v1/rules", rule).statusCode()).isEqualTo(201);
                }
            }
        }

        void readValues() throws Exception {
            values = new ArrayList<>();
            JsonNode items = JSON.readTree(CLIENT.send(request("/api/v1/latest").build(), BodyHandlers.ofString())
                            .body())
                    .get("items");
            for (String code : MinuteRows.CODES) {
                items.forEach(item -> {
                    if (item.get("code").asText().equals(code)) {
                        values.add(new BigDecimal(item.get("value").asText()));
                    }
                });
            }
        }

        private HttpResponse<String> post(String path, String body) throws Exception {
            return CLIENT.send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        }

        private HttpRequest.Builder request(String path) {
            return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + detak.httpPort() + path))
                    .header("Authorization", "Bearer " + TOKEN);
        }
    }

    @Test
    void aThousandRules() throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.open(Files.createDirectories(folder.resolve("postgres")), Role.COMMAND)) {
            Side plain = filled(postgres, "plain");
            Side shortWindows = filled(postgres, "short");
            Side longWindows = filled(postgres, "long");
            try (RunningDetak one = plain.detak.serve();
                    RunningDetak two = shortWindows.detak.serve();
                    RunningDetak three = longWindows.detak.serve();
                    Connection jdbc = connect(postgres, "long")) {
                shortWindows.rules("PT30M", "PT29M", "PT28M", "PT27M", "PT26M");
                longWindows.rules("P30D", "P29D", "P28D", "P27D", "P26D");
                for (Side side : List.of(plain, shortWindows, longWindows)) {
                    side.readValues();
                    for (int i = 0; i < WARMING; i++) {
                        side.capture();
                    }
                }
                Duel added = Duel.of(ROUNDS, () -> captures(longWindows), () -> captures(plain));
                double more = (added.ours() - added.reference()) / CAPTURES;
                ResultTable.put(
                        "Recording a capture of ten quotes under 1,000 rules over 30 days, against none",
                        each(added) + (more > 0 ? ": " + Duel.time(more) + " more" : ", within the noise"),
                        String.format(Locale.ROOT, "%.2f", added.ratio()),
                        "at most 1 ms more",
                        more <= 1);
                Duel windows = Duel.of(ROUNDS, () -> captures(longWindows), () -> captures(shortWindows));
                ResultTable.put(
                        "The same with windows of 30 days against 30 minutes",
                        each(windows),
                        String.format(Locale.ROOT, "%.2f", windows.ratio()),
                        "at most 1.1",
                        windows.ratio() <= 1.1);
                Duel sql = Duel.of(3, () -> captures(longWindows), () -> highestBySql(jdbc, longWindows.next));
                ResultTable.put(
                        "Recording under 1,000 rules, against reading the maximum of each window by SQL",
                        Duel.time(sql.ours() / CAPTURES) + " against " + Duel.time(sql.reference()),
                        String.format(Locale.ROOT, "%.4f", sql.ratio() / CAPTURES),
                        "at most 0.1",
                        sql.ratio() / CAPTURES <= 0.1);
            }
        }
    }

    private static String each(Duel duel) {
        return Duel.time(duel.ours() / CAPTURES) + " against " + Duel.time(duel.reference() / CAPTURES);
    }

    private static void captures(Side side) throws Exception {
        for (int i = 0; i < CAPTURES; i++) {
            side.capture();
        }
    }

    /** One query for each indicator and each of the five windows, not for each of the thousand rules. */
    private static void highestBySql(Connection jdbc, Instant now) throws Exception {
        try (PreparedStatement statement = jdbc.prepareStatement(
                "select max(value) from observation where indicator_id = ? and observed_at > ? and quality in ('ok', 'unchecked')")) {
            for (int indicator = 1; indicator <= MinuteRows.CODES.size(); indicator++) {
                for (int days = 26; days <= 30; days++) {
                    statement.setInt(1, indicator);
                    statement.setObject(
                            2, OffsetDateTime.ofInstant(now, ZoneOffset.UTC).minusDays(days));
                    try (ResultSet row = statement.executeQuery()) {
                        assertThat(row.next()).isTrue();
                    }
                }
            }
        }
    }

    private static Connection connect(EmbeddedPostgres postgres, String database) throws Exception {
        return DriverManager.getConnection(
                postgres.jdbcUrl().replaceFirst("/detak", "/" + database), postgres.username(), postgres.password());
    }

    private static Side filled(EmbeddedPostgres postgres, String database) throws Exception {
        try (Connection connection = connect(postgres, "detak");
                Statement statement = connection.createStatement()) {
            statement.execute("create database \"" + database + "\"");
        }
        PackagedDetak detak = PackagedDetak.on(folder.resolve(database))
                .with("DETAK_DB_URL", postgres.jdbcUrl().replaceFirst("/detak", "/" + database))
                .with("DETAK_DB_USER", postgres.username())
                .with("DETAK_DB_PASSWORD", postgres.password())
                .with("DETAK_SOURCE_URL", "http://127.0.0.1:1/")
                .with("DETAK_POLL_EVERY", "PT12H")
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_ADMIN_TOKEN", TOKEN)
                .forTheLongRun();
        Path rows = MinuteRows.csv(folder.resolve(database + ".csv"), LAST_DAY, MINUTES, 1);
        PackagedDetak.Finished finished = detak.run(Duration.ofMinutes(30), "import", rows.toString());
        assertThat(finished.output()).contains("new " + (long) MINUTES * MinuteRows.CODES.size());
        Files.delete(rows);
        return new Side(detak);
    }
}

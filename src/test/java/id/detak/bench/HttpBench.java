package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repeated requests for a year of daily bars, against nginx with the same bytes as files. */
class HttpBench {

    private static final Path WRK = Path.of("/usr/bin/wrk");
    private static final double WANTED = 0.6;
    private static final int ROUNDS = 7;
    private static final String SECONDS_OF_A_ROUND = "2s";
    private static final String SECONDS_OF_WARMING = "12s";
    private static final int DAYS = 360;
    private static final String HISTORY = "/api/v1/indicators/LQ45/history?interval=1d&maxPoints=1000&from="
            + LocalDate.now().minusYears(1);
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir
    static Path folder;

    @Test
    void repeatedHistory() throws Exception {
        assumeTrue(Files.isExecutable(Nginx.PROGRAM), "nginx is not installed");
        assumeTrue(Files.isExecutable(WRK), "wrk is not installed");
        // the simulated market first fills in two years and then stays unchanged
        PackagedDetak detak = PackagedDetak.on(folder.resolve("data"))
                .with("DETAK_DEMO", true)
                .with("DETAK_MARKET_HOURS", "always")
                .with("DETAK_POLL_EVERY", "PT12H")
                .forTheLongRun();
        try (RunningDetak running = detak.serve()) {
            String ours = "http://127.0.0.1:" + detak.httpPort() + HISTORY;
            HttpResponse<byte[]> plain = awaitHistory(ours);
            HttpResponse<byte[]> gzip = ask(ours, "Accept-Encoding", "gzip");
            try (Nginx nginx = Nginx.serving(Map.of("history.json", plain.body(), "history.json.gz", gzip.body()))) {
                String theirs = "http://127.0.0.1:" + nginx.port() + "/history.json";
                sameBytes(plain, ask(theirs));
                sameBytes(gzip, ask(theirs, "Accept-Encoding", "gzip"));
                assertThat(tag(gzip)).isEqualTo(tag(ask(ours, "Accept-Encoding", "gzip")));

                String[] ourCondition = {"Accept-Encoding", "gzip", "If-None-Match", tag(gzip)};
                String[] theirCondition = {
                    "Accept-Encoding", "gzip", "If-None-Match", tag(ask(theirs, "Accept-Encoding", "gzip"))
                };
                assertThat(ask(ours, ourCondition).statusCode()).isEqualTo(304);
                assertThat(ask(theirs, theirCondition).statusCode()).isEqualTo(304);

                duel("Repeated history, 304", new Target(ours, ourCondition), new Target(theirs, theirCondition));
                duel(
                        "Repeated history, gzip",
                        new Target(ours, "Accept-Encoding", "gzip"),
                        new Target(theirs, "Accept-Encoding", "gzip"));
                assertThat(ask(ours, ourCondition).statusCode())
                        .as("the history stood still all the time")
                        .isEqualTo(304);
            }
        }
    }

    private record Target(String url, String... headers) {

        /** Requests per second. */
        double rate(String duration) throws IOException, InterruptedException {
            List<String> line = new ArrayList<>(List.of(WRK.toString(), "-t1", "-c16", "-d" + duration));
            for (int i = 0; i < headers.length; i += 2) {
                line.add("-H");
                line.add(headers[i] + ": " + headers[i + 1]);
            }
            line.add(url);
            Process wrk = new ProcessBuilder(line).redirectErrorStream(true).start();
            String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            wrk.waitFor();
            Matcher rate = RATE.matcher(output);
            assertThat(rate.find()).as(output).isTrue();
            assertThat(output).doesNotContain("Non-2xx", "Socket errors");
            return Double.parseDouble(rate.group(1));
        }
    }

    private static void duel(String what, Target ours, Target theirs) throws Exception {
        ours.rate(SECONDS_OF_WARMING);
        double[] us = new double[ROUNDS];
        double[] them = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            us[round] = ours.rate(SECONDS_OF_A_ROUND);
            them[round] = theirs.rate(SECONDS_OF_A_ROUND);
            ratios[round] = us[round] / them[round];
        }
        double ratio = Duel.median(ratios);
        ResultTable.put(
                what,
                String.format(Locale.ROOT, "%.0f/s against nginx's %.0f/s", Duel.median(us), Duel.median(them)),
                String.format(Locale.ROOT, "%.2f", ratio),
                "at least " + WANTED,
                ratio >= WANTED);
    }

    private static HttpResponse<byte[]> awaitHistory(String url) throws Exception {
        HttpResponse<byte[]> before = ask(url);
        for (int tries = 0; tries < 60; tries++) {
            Thread.sleep(3000);
            HttpResponse<byte[]> now = ask(url);
            int days = new String(now.body(), StandardCharsets.UTF_8).split("\"open\"")[0].split(",").length;
            if (now.statusCode() == 200 && days > DAYS && tag(now) != null && tag(now).equals(tag(before))) {
                return now;
            }
            before = now;
        }
        throw new AssertionError("The simulated market's history did not come to rest.");
    }

    private static void sameBytes(HttpResponse<byte[]> one, HttpResponse<byte[]> other) {
        assertThat(one.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(one.body());
        assertThat(other.headers().firstValue("Content-Encoding"))
                .isEqualTo(one.headers().firstValue("Content-Encoding"));
    }

    private static String tag(HttpResponse<?> answer) {
        return answer.headers().firstValue("ETag").orElse(null);
    }

    private static HttpResponse<byte[]> ask(String url, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return CLIENT.send(request.build(), BodyHandlers.ofByteArray());
    }
}

package id.detak.bench;

import id.detak.testsupport.PackagedDetak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The time series database that Debian has, on a free port. The series {@code v} has the label {@code code}. */
record VictoriaMetrics(Process process, int port) implements AutoCloseable {

    static final Path PROGRAM = Path.of("/usr/bin/victoria-metrics");

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    static VictoriaMetrics on(Path folder) throws IOException, InterruptedException {
        int port = PackagedDetak.freePort();
        Files.createDirectories(folder);
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-storageDataPath=" + folder.resolve("data"),
                        "-retentionPeriod=100y",
                        "-search.latencyOffset=0s",
                        "-http.connTimeout=1h",
                        "-httpListenAddr=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        VictoriaMetrics started = new VictoriaMetrics(process, port);
        for (int tries = 0; !started.isReady(); tries++) {
            if (tries > 200 || !process.isAlive()) {
                process.destroy();
                throw new IOException("VictoriaMetrics did not start: " + Files.readString(folder.resolve("out")));
            }
            Thread.sleep(50);
        }
        return started;
    }

    private boolean isReady() throws InterruptedException {
        try {
            return send(HttpRequest.newBuilder(uri("/health")).build()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** Takes the rows of a file as {@link MinuteRows} writes it, and makes them readable. */
    void take(Path csv) throws IOException, InterruptedException {
        String format = "1:label:code,2:time:custom:2006-01-02T15:04:05Z07:00,3:metric:v";
        HttpResponse<String> taken = send(HttpRequest.newBuilder(uri("/api/v1/import/csv?format=" + format))
                .POST(BodyPublishers.ofFile(csv))
                .build());
        if (taken.statusCode() != 204) {
            throw new IOException(taken.statusCode() + " " + taken.body());
        }
        send(HttpRequest.newBuilder(uri("/internal/force_flush")).build());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return CLIENT.send(request, BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package id.detak.cli;

import id.detak.demo.DemoOrigin;
import id.detak.demo.SimulatedMarket;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.indicator.Calendars;
import id.detak.indicator.MarketHours;
import id.detak.platform.DataFolder;
import id.detak.platform.DurableFiles;
import id.detak.platform.StartupSettings;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * Serves once from an empty temporary folder, with a simulated source, and requests each kind of page. The JVM that
 * runs it with {@code -XX:ArchiveClassesAtExit} (JDK 17) or {@code -XX:AOTCacheOutput} (JDK 25) archives the classes
 * that a start needs, which halves the time of later starts. The build runs it; see operations.md.
 */
@Command(
        name = "training-run",
        mixinStandardHelpOptions = true,
        description = "Starts once and stops, so that the JVM can archive the classes of a start.")
class TrainingRunCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final List<String> PATHS = List.of(
            "/",
            "/changes",
            "/alerts",
            "/rules",
            "/channels",
            "/sources",
            "/api/v1/latest",
            "/api/v1/changes",
            "/api/v1/indicators/LQ45/history",
            "/q/health/ready");

    private final HttpClient client = HttpClient.newHttpClient();

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("detak-training-run");
        try {
            return serve(folder, freePort());
        } finally {
            DurableFiles.deleteTree(folder);
        }
    }

    private int serve(Path folder, int port) {
        DemoOrigin source =
                DemoOrigin.start(new SimulatedMarket(new Calendars(MarketHours.ALWAYS, new DataFolder(folder))));
        System.setProperty("detak.data", folder.resolve("data").toString());
        System.setProperty("detak.db-url", "");
        System.setProperty("quarkus.datasource.jdbc.url", "");
        System.setProperty("detak.demo", "false");
        System.setProperty("detak.source-url", source.url());
        System.setProperty("quarkus.http.host", StartupSettings.LOOPBACK_HOST);
        System.setProperty("quarkus.http.port", String.valueOf(port));
        System.setProperty("quarkus.log.level", "OFF");
        System.setProperty("quarkus.banner.enabled", "false");
        Thread visitor = new Thread(() -> visit("http://" + StartupSettings.LOOPBACK_HOST + ":" + port), "visitor");
        visitor.setDaemon(true);
        visitor.start();
        Bootstrap.prepare(StartupSettings.read(), EmbeddedPostgres.Role.SERVE);
        return QuarkusLauncher.of(null);
    }

    private void visit(String address) {
        try {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!get(address + "/api/v1/latest").contains("\"value\"") && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            for (String path : PATHS) {
                get(address + path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            Quarkus.asyncExit();
        }
    }

    private String get(String url) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(LIMIT).build();
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return response.body();
        } catch (IOException e) {
            return ""; // not started yet
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

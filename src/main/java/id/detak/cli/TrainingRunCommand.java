package id.detak.cli;

import id.detak.database.Database;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            "/imports",
            "/api/v1/latest",
            "/api/v1/changes",
            "/api/v1/indicators/LQ45/history",
            "/q/health/ready");

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile boolean sawQuotes;

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
        settings(folder, port, source.url()).forEach(System::setProperty);
        Thread visitor = new Thread(() -> visit("http://" + StartupSettings.LOOPBACK_HOST + ":" + port), "visitor");
        visitor.setDaemon(true);
        visitor.start();
        try (Database database = Bootstrap.prepare(StartupSettings.read(), EmbeddedPostgres.Role.SERVE)) {
            int code = QuarkusLauncher.of(null);
            return code == 0 && !sawQuotes ? ExitCode.UNREACHABLE : code;
        }
    }

    /** System properties count before the environment, which may hold the settings of a real Detak. */
    private static Map<String, String> settings(Path folder, int port, String source) {
        Map<String, String> settings = new HashMap<>();
        settings.put("detak.data", folder.resolve("data").toString());
        settings.put("detak.db-url", "");
        settings.put("quarkus.datasource.jdbc.url", "");
        settings.put("detak.demo", "false");
        settings.put("detak.reading", "open");
        settings.put("detak.source-url", source);
        settings.put("detak.heartbeat-url", "");
        settings.put("detak.oidc.url", "");
        settings.put("detak.public-url", "");
        settings.put("detak.admin-token", "");
        settings.put("detak.secret-key", "");
        settings.put("quarkus.http.host", StartupSettings.LOOPBACK_HOST);
        settings.put("quarkus.http.port", String.valueOf(port));
        settings.put("quarkus.http.root-path", "/");
        settings.put("quarkus.log.level", "OFF");
        settings.put("quarkus.banner.enabled", "false");
        return settings;
    }

    private void visit(String address) {
        try {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!sawQuotes && System.nanoTime() < end) {
                Thread.sleep(50);
                sawQuotes = get(address + "/api/v1/latest").contains("\"value\"");
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

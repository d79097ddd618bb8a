package id.detak.intake;

import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.OutgoingConnections;
import id.detak.platform.net.WebUrls;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Requests {@code DETAK_HEARTBEAT_URL} after each poll that returned quotes, so that an external watchdog raises the
 * alarm when the requests stop. Requests are asynchronous: a slow or broken watchdog does not delay polling.
 */
@Startup
@ApplicationScoped
class Heartbeat {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Optional<URI> url;
    private final OutgoingConnection connection;
    private final HttpClient client;
    private volatile CompletableFuture<?> lastRequest = CompletableFuture.completedFuture(null);
    private volatile boolean failing;

    @Inject
    Heartbeat(IntakeConfig config, OutgoingConnections connections) {
        this(
                config.heartbeatUrl(),
                connections.find("quarkus.proxy", Optional.empty(), "quarkus.tls", Optional.empty()));
    }

    Heartbeat(Optional<String> configured, OutgoingConnection connection) {
        this.connection = connection;
        this.url = configured
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> WebUrls.configured("DETAK_HEARTBEAT_URL", text, "a watchdog"));
        this.client = url.isEmpty()
                ? null
                : connection
                        .client()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    void beat() {
        if (url.isEmpty() || !lastRequest.isDone()) {
            return;
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url.get()).timeout(TIMEOUT).header("User-Agent", "Detak");
        connection.proxyAuthorization(url.get()).ifPresent(login -> request.header("Proxy-Authorization", login));
        lastRequest = client.sendAsync(request.build(), BodyHandlers.discarding())
                .orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS)
                .handle((response, failure) -> {
                    boolean failed = failure != null || response.statusCode() >= 300;
                    if (failed && !failing) {
                        Log.warnf(
                                "The watchdog at DETAK_HEARTBEAT_URL %s.",
                                failure != null
                                        ? "cannot be reached"
                                        : "responds with status " + response.statusCode());
                    }
                    failing = failed;
                    return null;
                });
    }
}

package id.detak.intake;

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
 * Requests {@code DETAK_HEARTBEAT_URL} after each poll that brought quotes, so that an external watchdog raises the
 * alarm when the requests stop. Requests are asynchronous: a slow or broken watchdog does not delay polling.
 */
@Startup
@ApplicationScoped
class Heartbeat {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Optional<URI> url;
    private final HttpClient client;
    private volatile CompletableFuture<?> lastRequest = CompletableFuture.completedFuture(null);
    private volatile boolean failing;

    @Inject
    Heartbeat(IntakeConfig config) {
        this(config.heartbeatUrl());
    }

    Heartbeat(Optional<String> configured) {
        this.url = configured
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .map(text -> WebUrls.configured("DETAK_HEARTBEAT_URL", text, "a watchdog"));
        this.client = url.isEmpty()
                ? null
                : HttpClient.newBuilder()
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(TIMEOUT)
                        .build();
    }

    void beat() {
        if (url.isEmpty() || !lastRequest.isDone()) {
            return;
        }
        lastRequest = client.sendAsync(
                        HttpRequest.newBuilder(url.get())
                                .timeout(TIMEOUT)
                                .header("User-Agent", "Detak")
                                .build(),
                        BodyHandlers.discarding())
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

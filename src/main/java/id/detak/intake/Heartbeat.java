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
 * Asks for {@code DETAK_HEARTBEAT_URL} after each poll that brought quotes: a watchdog outside cries when it is asked no more.
 * That is all it says: whether the watchdog answers is its own affair, and delays nothing here.
 */
@Startup
@ApplicationScoped
class Heartbeat {

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final Optional<URI> url;
    private final HttpClient client;
    private volatile CompletableFuture<?> underWay = CompletableFuture.completedFuture(null);
    private volatile boolean troubled;

    @Inject
    Heartbeat(IntakeConfig config) {
        this(config.heartbeatUrl());
    }

    Heartbeat(Optional<String> configured) {
        this.url = configured.map(String::strip).filter(text -> !text.isEmpty()).map(text -> WebUrls.configured("DETAK_HEARTBEAT_URL", text, "a watchdog"));
        this.client = url.isEmpty() ? null : HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).connectTimeout(LONGEST).build();
    }

    void beat() {
        if (url.isEmpty() || !underWay.isDone()) {
            return;
        }
        underWay = client.sendAsync(HttpRequest.newBuilder(url.get()).timeout(LONGEST).header("User-Agent", "Detak").build(), BodyHandlers.discarding())
                .orTimeout(LONGEST.toSeconds(), TimeUnit.SECONDS)
                .handle((answer, failure) -> {
                    boolean bad = failure != null || answer.statusCode() >= 300;
                    if (bad && !troubled) {
                        Log.warnf("The watchdog of DETAK_HEARTBEAT_URL %s.", failure != null ? "cannot be reached" : "answers " + answer.statusCode());
                    }
                    troubled = bad;
                    return null;
                });
    }
}

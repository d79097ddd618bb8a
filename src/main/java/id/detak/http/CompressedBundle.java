package id.detak.http;

import id.detak.platform.Gzip;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.Deflater;

/**
 * Serves the page's script and style sheet as gzip, compressed once: compressing half a megabyte per visitor took
 * longer than everything else until the chart is drawn. Their names contain a hash of their content.
 */
@ApplicationScoped
class CompressedBundle {

    private static final Pattern FILE = Pattern.compile("/static/bundle/[\\w-]+-[A-Z0-9]{8}\\.(js|css)");
    private static final String FOREVER = "public, immutable, max-age=86400";

    private final Map<String, byte[]> compressed = new ConcurrentHashMap<>();

    void register(@Observes Filters filters) {
        filters.register(this::serve, CachedResponseRoute.JUST_AFTER_AUTHORIZATION);
    }

    private void serve(RoutingContext context) {
        String path = context.request().path();
        if (context.request().method() != HttpMethod.GET
                || !FILE.matcher(path).matches()
                || !ConditionalRequest.of(context).acceptsGzip()) {
            context.next();
            return;
        }
        byte[] body = compressed.get(path);
        if (body != null) {
            send(context, path, body);
            return;
        }
        context.vertx().executeBlocking(() -> compress(path), false).onComplete(result -> {
            if (result.succeeded() && result.result() != null) {
                send(context, path, result.result());
            } else {
                context.next(); // served like any other file
            }
        });
    }

    /** @return null if there is no such file */
    private byte[] compress(String path) throws IOException {
        try (InputStream file =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/resources" + path)) {
            if (file == null) {
                return null;
            }
            byte[] body = Gzip.compress(file.readAllBytes(), Deflater.BEST_COMPRESSION);
            compressed.put(path, body);
            return body;
        }
    }

    private static void send(RoutingContext context, String path, byte[] body) {
        context.response()
                .putHeader(
                        HttpHeaders.CONTENT_TYPE,
                        path.endsWith(".js") ? "text/javascript;charset=UTF-8" : "text/css;charset=UTF-8")
                .putHeader(HttpHeaders.CONTENT_ENCODING, "gzip")
                .putHeader(HttpHeaders.VARY, "Accept-Encoding")
                .putHeader(HttpHeaders.CACHE_CONTROL, FOREVER)
                .end(Buffer.buffer(body));
    }
}

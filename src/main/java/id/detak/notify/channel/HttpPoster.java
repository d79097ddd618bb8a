package id.detak.notify.channel;

import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.RetryAfter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Sends a POST to exactly the addresses that were checked. Vert.x separates the address to connect to ({@code server})
 * from the host of the Host header, SNI and the check of the certificate ({@code host}). The JDK's client cannot do
 * that.
 */
final class HttpPoster implements AutoCloseable {
    private static final int MAX_BODY = 16 * 1024;
    /** The status is what counts, so a body that does not end is waited for no longer than this. */
    private static final Duration BODY = Duration.ofSeconds(1);

    private final HttpClient client;
    private final Clock clock;
    private final OutgoingConnection connection;

    HttpPoster(Vertx vertx, Clock clock, OutgoingConnection connection) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setVerifyHost(true)
                .setMaxPoolSize(64);
        if (connection.trust() != null) {
            options.setTrustOptions(connection.trust());
        }
        if (connection.keys() != null) {
            options.setKeyCertOptions(connection.keys());
        }
        this.client = vertx.createHttpClient(options);
        this.connection = connection;
        this.clock = clock;
    }

    HttpResult post(HttpRequest request, ResolvedTarget target, Deadline deadline) throws SendException {
        HttpClientRequest connected = connected(request, target, deadline);
        Receiver receiver = new Receiver(connected);
        try {
            connected
                    .response()
                    .onComplete(
                            receiver::begin,
                            receiver::fail); // before sending: an answer that ends before the handlers are set is lost
            connected.send(Buffer.buffer(request.body()));
            HttpClientResponse response = receiver.response(deadline);
            Duration retryAfter =
                    RetryAfter.read(response.getHeader("Retry-After"), response.getHeader("Date"), clock.instant());
            return new HttpResult(target.host(), response.statusCode(), retryAfter, receiver.body(deadline));
        } catch (ExecutionException e) {
            throw problem(target, e.getCause());
        } catch (TimeoutException e) {
            throw late(target, deadline);
        } catch (InterruptedException e) {
            throw interrupted();
        } finally {
            connected.connection().close();
        }
    }

    /** Connects to the first address that accepts. Nothing was sent to the others. */
    private HttpClientRequest connected(HttpRequest request, ResolvedTarget target, Deadline deadline)
            throws SendException {
        List<SocketAddress> servers = connection.usesProxy(target.host())
                ? List.of(SocketAddress.inetSocketAddress(target.port(), target.host())) // the proxy knows its address
                : target.addresses().stream()
                        .map(address -> SocketAddress.inetSocketAddress(new InetSocketAddress(address, target.port())))
                        .toList();
        SendException last = null;
        int left = servers.size();
        for (SocketAddress server : servers) {
            Future<HttpClientRequest> connecting =
                    client.request(options(request, target, server, share(target, deadline, left--)));
            try {
                return await(connecting, deadline.left());
            } catch (ExecutionException e) {
                last = problem(target, e.getCause());
                if (!(e.getCause() instanceof SocketException)) {
                    throw last;
                }
            } catch (TimeoutException e) {
                connecting.onSuccess(late -> late.connection().close());
                throw late(target, deadline);
            } catch (InterruptedException e) {
                connecting.onSuccess(late -> late.connection().close());
                throw interrupted();
            }
        }
        throw last;
    }

    private static long share(ResolvedTarget target, Deadline deadline, int addressesLeft) throws SendException {
        long millis = TimeUnit.NANOSECONDS.toMillis(deadline.left());
        if (millis <= 0) {
            throw late(target, deadline);
        }
        return Math.max(1, millis / addressesLeft);
    }

    private RequestOptions options(
            HttpRequest request, ResolvedTarget target, SocketAddress server, long connectMillis) {
        URI url = URI.create(request.url().toASCIIString());
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(server)
                .setHost(target.host())
                .setPort(target.port())
                .setSsl("https".equalsIgnoreCase(url.getScheme()))
                .setURI(url.getRawQuery() == null ? path : path + "?" + url.getRawQuery())
                .setFollowRedirects(false)
                .setConnectTimeout(connectMillis)
                .putHeader("Host", authority(url, target));
        request.headers().forEach(options::putHeader);
        if (connection.usesProxy(target.host())) {
            options.setProxyOptions(proxy());
        }
        return options;
    }

    private ProxyOptions proxy() {
        ProxyOptions options = new ProxyOptions()
                .setType(ProxyType.HTTP)
                .setHost(connection.proxy().host())
                .setPort(connection.proxy().port());
        connection.proxy().username().ifPresent(options::setUsername);
        connection.proxy().password().ifPresent(options::setPassword);
        return options;
    }

    private static String authority(URI url, ResolvedTarget target) {
        String host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        return url.getPort() == -1 ? host : host + ":" + url.getPort();
    }

    private static <T> T await(Future<T> future, long nanos)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.toCompletionStage().toCompletableFuture().get(nanos, TimeUnit.NANOSECONDS);
    }

    static SendException late(ResolvedTarget target, Deadline deadline) {
        return new SendException(target.host() + " did not answer within " + deadline.describe() + ".");
    }

    static SendException interrupted() {
        Thread.currentThread().interrupt();
        return new SendException("The sending was interrupted.");
    }

    /** In our own words, because messages of the client may contain addresses and parts of the answer. */
    static SendException problem(ResolvedTarget target, Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException || cause instanceof java.security.cert.CertificateException) {
                return new SendException("No secure connection to " + target.host()
                        + " could be made: its certificate or TLS is not accepted.");
            }
            if (cause instanceof ConnectException || cause instanceof java.net.NoRouteToHostException) {
                return new SendException("No connection to " + target.host() + " could be made.");
            }
        }
        return new SendException("The response of " + target.host() + " was cut off or invalid.");
    }

    @Override
    public void close() {
        client.close();
    }

    /** Receives the head of an answer and the beginning of its body. */
    private static final class Receiver {
        private final HttpClientRequest request;
        private final CompletableFuture<HttpClientResponse> head = new CompletableFuture<>();
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private final Buffer body = Buffer.buffer();

        Receiver(HttpClientRequest request) {
            this.request = request;
        }

        void begin(HttpClientResponse response) {
            response.handler(this::take);
            response.exceptionHandler(problem -> ended.complete(null));
            response.endHandler(nothing -> ended.complete(null));
            head.complete(response);
        }

        void fail(Throwable problem) {
            head.completeExceptionally(problem);
        }

        private void take(Buffer part) {
            synchronized (body) {
                body.appendBuffer(part, 0, Math.min(part.length(), MAX_BODY - body.length()));
                if (body.length() < MAX_BODY) {
                    return;
                }
            }
            ended.complete(null);
            request.connection().close();
        }

        HttpClientResponse response(Deadline deadline)
                throws ExecutionException, TimeoutException, InterruptedException {
            return head.get(deadline.left(), TimeUnit.NANOSECONDS);
        }

        byte[] body(Deadline deadline) throws ExecutionException, InterruptedException {
            try {
                ended.get(Math.min(deadline.left(), BODY.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // the status is enough
            }
            synchronized (body) {
                return body.getBytes();
            }
        }
    }
}

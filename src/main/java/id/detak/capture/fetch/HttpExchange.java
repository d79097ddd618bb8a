package id.detak.capture.fetch;

import id.detak.capture.fetch.FetchResult.Failure.Kind;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.WebUrls;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * One GET and its complete response within the deadline. The JDK's request timeout ends with the headers, so the wait
 * for the body has its own limit; cancelling the future of {@code sendAsync} closes the connection (JDK-8245462). One
 * client for all fetches: a client per call leaks its threads.
 */
final class HttpExchange {
    private final HttpClient client;
    private final Clock clock;
    private final String userAgent;
    private final OutgoingConnection connection;

    HttpExchange(Clock clock, FetchLimits limits, OutgoingConnection connection) {
        this.clock = clock;
        this.connection = connection;
        this.userAgent = limits.userAgent();
        this.client = connection
                .client()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.whole())
                .build();
    }

    FetchedResponse get(URI url, Map<String, String> headers, BodyLimit limit, Deadline deadline)
            throws FetchException {
        Receiver receiver = new Receiver(clock, limit);
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(request(url, headers), receiver);
        try {
            byte[] raw = exchange.get(deadline.left(), TimeUnit.NANOSECONDS).body();
            if (deadline.left() <= 0) {
                // after a suspended process wakes up, response and time limit may come together: the response is old,
                // not of now
                throw new TimeoutException();
            }
            return new FetchedResponse(url, receiver.head, inflated(raw, receiver.head, url, limit));
        } catch (TimeoutException e) {
            receiver.close(exchange);
            throw FetchException.of(
                    Kind.UNREACHABLE,
                    url,
                    receiver.head,
                    WebUrls.origin(url) + " did not send the whole response within " + deadline.describe() + ".");
        } catch (InterruptedException e) {
            receiver.close(exchange);
            Thread.currentThread().interrupt();
            throw FetchException.unreachable(url, "The fetch was interrupted.");
        } catch (ExecutionException e) {
            closeAfterError(exchange);
            throw problem(url, receiver.head, e.getCause(), limit);
        }
    }

    /**
     * The JDK leaves the connection open for ever if the headers are too large or invalid. Cancelling a completed
     * future does nothing, but a future derived from it cancels the exchange, which closes the connection.
     */
    private static void closeAfterError(CompletableFuture<?> exchange) {
        exchange.newIncompleteFuture().cancel(true);
    }

    private HttpRequest request(URI url, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).setHeader("User-Agent", userAgent).setHeader("Accept-Encoding", "gzip");
        headers.forEach(request::setHeader);
        connection.proxyAuthorization(url).ifPresent(login -> request.setHeader("Proxy-Authorization", login));
        return request.build();
    }

    private static byte[] inflated(byte[] raw, ResponseHead head, URI url, BodyLimit limit) throws FetchException {
        String encoding = head.header("Content-Encoding");
        if (head.status() != 200 || encoding == null) {
            return raw;
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> gunzip(raw, head, url, limit);
            case "", "identity" -> raw;
            default ->
                throw FetchException.of(
                        Kind.UNREACHABLE,
                        url,
                        head,
                        WebUrls.origin(url) + " used a compression that was not requested.");
        };
    }

    private static byte[] gunzip(byte[] raw, ResponseHead head, URI url, BodyLimit limit) throws FetchException {
        try {
            return BoundedGunzip.inflate(raw, limit);
        } catch (LimitedBody.TooLarge e) {
            throw problem(url, head, e, limit);
        } catch (IOException e) {
            throw FetchException.of(
                    Kind.UNREACHABLE,
                    url,
                    head,
                    "The compressed response of " + WebUrls.origin(url) + " is damaged or incomplete.");
        }
    }

    /** Does not use the messages of the JDK: they may contain addresses and parts of the response. */
    private static FetchException problem(URI url, ResponseHead head, Throwable cause, BodyLimit limit) {
        String origin = WebUrls.origin(url);
        for (Throwable c = cause; c != null; c = c.getCause()) {
            if (c instanceof LimitedBody.TooLarge) {
                return FetchException.of(
                        Kind.TOO_LARGE,
                        url,
                        head,
                        "The response of " + origin + " is larger than " + limit.describe() + ".");
            }
            if (c instanceof SSLException) {
                return FetchException.of(
                        Kind.UNREACHABLE,
                        url,
                        head,
                        "No secure connection to " + origin
                                + " could be made: its certificate or TLS is not accepted.");
            }
            if (c instanceof ConnectException) { // and its subclasses: refused, no route, unresolved
                return FetchException.of(Kind.UNREACHABLE, url, head, "No connection to " + origin + " could be made.");
            }
        }
        return FetchException.of(Kind.UNREACHABLE, url, head, "The response of " + origin + " was cut off or invalid.");
    }

    /** Records when the headers arrived, and reads the body only of status 200. */
    private static final class Receiver implements BodyHandler<byte[]> {
        private final Clock clock;
        private final BodyLimit limit;
        private volatile ResponseHead head;
        private volatile LimitedBody body;

        Receiver(Clock clock, BodyLimit limit) {
            this.clock = clock;
            this.limit = limit;
        }

        @Override
        public BodySubscriber<byte[]> apply(ResponseInfo info) {
            head = new ResponseHead(info.statusCode(), info.headers(), clock.instant());
            long declared = info.headers().firstValueAsLong("Content-Length").orElse(-1);
            body = info.statusCode() == 200 ? LimitedBody.reading(limit, declared) : LimitedBody.ignoring();
            return body;
        }

        void close(CompletableFuture<?> exchange) {
            exchange.cancel(true);
            LimitedBody begun = body;
            if (begun != null) {
                begun.stop();
            }
        }
    }
}

package id.detak.notify.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.interaso.webpush.WebPush;
import id.detak.notify.Message;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.OutgoingConnections;
import id.detak.platform.net.Resolver;
import io.quarkus.runtime.Startup;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/**
 * Sends messages over any kind of channel. Blocks, but never longer than the time limit: the work runs in a thread of
 * its own, because the JDK's name lookup has no time limit.
 */
@Startup
@ApplicationScoped
public class MessageSender {
    public static final String TELEGRAM = "https://api.telegram.org";
    public static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_THREADS = 32;
    /** Extra time for an attempt that ends at the deadline to report which part was late. */
    private static final Duration GRACE = Duration.ofMillis(200);

    private final HttpPoster poster;
    private final Transport transport;
    private final Duration timeLimit;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0, MAX_THREADS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), MessageSender::daemon);

    @Inject
    MessageSender(
            Vertx vertx,
            ObjectMapper json,
            Clock clock,
            AllowedTargets allowed,
            ChannelConfig config,
            PushKeys pushKeys,
            OutgoingConnections connections) {
        this(
                vertx,
                json,
                clock,
                Resolver.system(),
                allowed,
                config.telegramUrl(),
                pushKeys::push,
                TIME_LIMIT,
                connections.find("DETAK_NOTIFY_PROXY", config.notifyProxy(), "DETAK_NOTIFY_TLS", config.notifyTls()));
    }

    public MessageSender(
            Vertx vertx,
            ObjectMapper json,
            Clock clock,
            Resolver resolver,
            AllowedTargets allowed,
            String telegramUrl,
            Supplier<WebPush> push,
            Duration timeLimit,
            OutgoingConnection connection) {
        this.poster = new HttpPoster(vertx, clock, connection);
        this.transport = new Transport(
                new TargetResolver(resolver, allowed),
                connection,
                poster,
                new MailSender(vertx, clock, tls(connection)),
                json,
                clock,
                push,
                telegramUrl);
        this.timeLimit = timeLimit;
    }

    private static SSLContext tls(OutgoingConnection connection) {
        try {
            return connection.tls() == null ? SSLContext.getDefault() : connection.tls();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param messages one or more that are sent as one; a webhook takes only one */
    public SendResult send(ChannelSettings settings, List<Message> messages) {
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("No messages for " + settings);
        }
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Sending blocks, so it cannot be called on an event loop.");
        }
        Deadline deadline = Deadline.in(timeLimit);
        List<Message> fixed = List.copyOf(messages);
        try {
            return await(threads.submit(() -> attempt(settings, fixed, deadline)), deadline);
        } catch (RejectedExecutionException e) {
            return new SendResult.NotTaken("Too many messages are being sent already.", null);
        }
    }

    private static SendResult await(Future<SendResult> sending, Deadline deadline) {
        try {
            return sending.get(deadline.left() + GRACE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sending.cancel(true);
            return new SendResult.NotTaken(
                    "The receiver could not be found or did not answer within " + deadline.describe() + ".", null);
        } catch (InterruptedException e) {
            sending.cancel(true);
            return HttpPoster.interrupted().outcome();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            if (e.getCause() instanceof Error fault) {
                throw fault;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private SendResult attempt(ChannelSettings settings, List<Message> messages, Deadline deadline) {
        try {
            return settings.send(messages, transport, deadline);
        } catch (SendException e) {
            return e.outcome();
        }
    }

    /** Jakarta Mail loads its providers through the thread's class loader. */
    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "detak-sending");
        thread.setDaemon(true);
        thread.setContextClassLoader(MessageSender.class.getClassLoader());
        return thread;
    }

    @PreDestroy
    void close() {
        threads.shutdownNow();
        poster.close();
    }
}

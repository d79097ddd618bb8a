package id.detak.notify.channel;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.notify.Message;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.Resolver;
import id.detak.platform.net.WebUrls;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Sends messages out, whatever the kind of channel. Blocks, but never for longer than the time limit: what may hang (the
 * JDK's look-up of a name knows no limit) does so in a thread that nobody waits for.
 */
@ApplicationScoped
public class MessageSender {
    public static final String TELEGRAM = "https://api.telegram.org";
    public static final Duration WHOLE = Duration.ofSeconds(10);
    private static final int MOST_THREADS = 32;
    /** For what has come to its own end at the deadline to say so in its own words. */
    private static final Duration LAST_WORD = Duration.ofMillis(200);

    private final TargetResolver targets;
    private final HttpRequests requests;
    private final HttpPoster poster;
    private final MailSender mails;
    private final Clock clock;
    private final Duration whole;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, MOST_THREADS, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), MessageSender::daemon);

    @Inject
    MessageSender(Vertx vertx, ObjectMapper json, Clock clock, AllowedTargets allowed,
            @ConfigProperty(name = "detak.telegram-url", defaultValue = TELEGRAM) String telegramUrl) {
        this(vertx, json, clock, Resolver.system(), allowed, telegramUrl, WHOLE, null);
    }

    /** @param trusted who vouches for the certificates of others; null for those whom the JDK trusts */
    public MessageSender(Vertx vertx, ObjectMapper json, Clock clock, Resolver resolver, AllowedTargets allowed, String telegramUrl, Duration whole, X509TrustManager trusted) {
        this.targets = new TargetResolver(resolver, allowed);
        this.requests = new HttpRequests(json, clock, telegramUrl);
        this.poster = new HttpPoster(vertx, trusted);
        this.mails = new MailSender(vertx, clock, tls(trusted));
        this.clock = clock;
        this.whole = whole;
    }

    private static SSLContext tls(X509TrustManager trusted) {
        try {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, trusted == null ? null : new TrustManager[] {trusted}, null);
            return tls;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many of these go out at once: one to a webhook, as many as there is room for where people read. */
    public int fitting(ChannelSettings settings, List<Message> messages) {
        return settings.readByPeople() ? MessageText.fitting(messages, HttpRequests.place(settings)) : 1;
    }

    /** @param messages one for a webhook; one or more, that go out as one, for channels that people read */
    public SendResult send(ChannelSettings settings, List<Message> messages) {
        if (messages.isEmpty() || messages.size() > 1 && !settings.readByPeople()) {
            throw new IllegalArgumentException(messages.size() + " messages for " + settings);
        }
        if (Context.isOnEventLoopThread()) {
            throw new IllegalStateException("Sending blocks, so it cannot be called on an event loop.");
        }
        Deadline deadline = Deadline.in(whole);
        List<Message> fixed = List.copyOf(messages);
        try {
            return await(threads.submit(() -> attempt(settings, fixed, deadline)), deadline);
        } catch (RejectedExecutionException e) {
            return new SendResult.NotTaken("Too many messages are on their way already.", null);
        }
    }

    private static SendResult await(Future<SendResult> sending, Deadline deadline) {
        try {
            return sending.get(deadline.left() + LAST_WORD.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sending.cancel(true);
            return new SendResult.NotTaken("The other side could not be found or did not answer within " + deadline.describe() + ".", null);
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
            if (settings instanceof ChannelSettings.Email email) {
                mails.send(email, messages, targets.find(email.host(), email.smtpPort()), deadline);
                return new SendResult.Taken();
            }
            HttpRequest request = requests.of(settings, messages);
            ResolvedTarget target = targets.find(request.url().getHost(), port(request.url()));
            return poster.post(request, target, deadline).outcome(target.host(), clock.instant());
        } catch (SendException e) {
            return e.outcome();
        }
    }

    private static int port(URI url) {
        int standard = WebUrls.isHttps(url) ? 443 : 80;
        return url.getPort() == -1 ? standard : url.getPort();
    }

    /** Jakarta Mail finds its parts by the thread's class loader. */
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

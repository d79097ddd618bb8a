package id.detak.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.Resolver;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;

/** What the tests of sending share. Everything that may not be told has "canary" in it. */
final class Sent {
    static final Instant NOW = Instant.parse("2026-03-02T02:15:30.9Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    /** For servers that never answer in full. */
    static final Duration SHORT = Duration.ofMillis(250);
    /** For servers that answer, on a busy machine too. */
    static final Duration LONG = Duration.ofSeconds(60);
    static final UUID KEY = UUID.fromString("0195a3c0-0000-7000-8000-000000000001");
    static final UUID ALERT = UUID.fromString("0195a3c0-0000-7000-8000-000000000002");
    static final UUID CAPTURE = UUID.fromString("0195a3c0-0000-7000-8000-000000000003");
    static final ObjectMapper JSON = JsonMapper.builder().addModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS).build();
    /** One for all: it lives as long as the tests do. */
    private static final Vertx VERTX = Vertx.vertx();

    private Sent() {
    }

    /** Names that end in .test are this machine; the machine itself is allowed. */
    static MessageSender sending(Duration whole) {
        return sending(toLoopback(), "127.0.0.1,::1", whole);
    }

    static MessageSender sending(Resolver resolver, String allowed, Duration whole) {
        return sending(resolver, allowed, whole, MessageSender.TELEGRAM, null);
    }

    static MessageSender sending(Resolver resolver, String allowed, Duration whole, String telegram, X509TrustManager trusted) {
        return new MessageSender(VERTX, JSON, CLOCK, resolver, new AllowedTargets(Optional.of(allowed)), telegram, whole, trusted);
    }

    static Resolver toLoopback() {
        return host -> host.matches("(?i).*\\.test\\.?") ? List.of(InetAddress.getByName("127.0.0.1")) : Resolver.system().resolve(host);
    }

    static Message message(String text) {
        return message(MessageEvent.FIRING, Severity.WARNING, "Rupiah falls", "USDIDR", text);
    }

    static Message message(MessageEvent event, Severity severity, String rule, String code, String text) {
        return message(event, severity, rule, code, text, "https://detak.example/#/alerts/7");
    }

    static Message message(MessageEvent event, Severity severity, String rule, String code, String text, String url) {
        return new Message(KEY, event, ALERT, rule, severity, code, OffsetDateTime.parse("2026-03-02T09:15:00+07:00"), new BigDecimal("1.6345E+4"),
                new BigDecimal("-1.50"), new BigDecimal("16100"), text, CAPTURE, url);
    }

    static ChannelSettings.Webhook webhook(String url) {
        return new ChannelSettings.Webhook(URI.create(url), "canary-secret");
    }

    static ChannelSettings.Email email(int port, MailSecurity security, String... to) {
        return new ChannelSettings.Email(List.of(to), "detak@detak.example", "mail.test", port, security, null, null);
    }

    /** Sends until the peer is in the state: on a busy machine, the time limit may end before that. Every outcome but the last must be that of the time limit. */
    static SendResult sendUntil(BooleanSupplier state, String host, Supplier<SendResult> sending) {
        SendResult outcome = sending.get();
        while (!state.getAsBoolean()) {
            late(outcome, host);
            outcome = sending.get();
        }
        return outcome;
    }

    /** The time limit of SHORT ended it. On a busy machine the sender cannot always say in time which part was late. */
    static void late(SendResult outcome, String host) {
        assertThat(isLate(outcome, host)).as("%s", outcome).isTrue();
    }

    static boolean isLate(SendResult outcome, String host) {
        return outcome instanceof SendResult.NotTaken not
                && List.of(host + " did not answer within 250 ms.", "The other side could not be found or did not answer within 250 ms.").contains(not.reason());
    }

    static void taken(SendResult outcome) {
        assertThat(outcome).isEqualTo(new SendResult.Taken());
    }

    static SendResult.NotTaken notTaken(SendResult outcome) {
        assertThat(outcome).isInstanceOf(SendResult.NotTaken.class);
        SendResult.NotTaken not = (SendResult.NotTaken) outcome;
        assertThat(not.reason()).endsWith(".").doesNotContain("canary", "Exception", "\n", "\r", "null");
        return not;
    }
}

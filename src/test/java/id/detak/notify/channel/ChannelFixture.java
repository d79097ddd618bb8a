package id.detak.notify.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.net.AllowedTargets;
import id.detak.platform.net.OutgoingConnection;
import id.detak.platform.net.Resolver;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** Shared by the tests of channels. Everything that must not be shown contains "canary". */
final class ChannelFixture {
    static final Instant NOW = Instant.parse("2026-03-02T02:15:30.9Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    /** For servers that never finish their answer. */
    static final Duration SHORT = Duration.ofMillis(250);
    /** For servers that answer, even on a busy machine. */
    static final Duration LONG = Duration.ofSeconds(60);

    static final UUID KEY = UUID.fromString("0195a3c0-0000-7000-8000-000000000001");
    static final UUID ALERT = UUID.fromString("0195a3c0-0000-7000-8000-000000000002");
    static final UUID CAPTURE = UUID.fromString("0195a3c0-0000-7000-8000-000000000003");
    static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();
    static final WebPush PUSH = new WebPush("https://detak.example/", VapidKeys.generate());
    /** Shared, because it lives as long as the tests do. */
    private static final Vertx VERTX = Vertx.vertx();

    private ChannelFixture() {}

    /** Names that end in .test are this machine, which is allowed. */
    static MessageSender sender(Duration whole) {
        return sender(toLoopback(), "127.0.0.1,::1", whole);
    }

    static MessageSender sender(Resolver resolver, String allowed, Duration whole) {
        return sender(resolver, allowed, whole, MessageSender.TELEGRAM, OutgoingConnection.DIRECT);
    }

    static MessageSender sender(
            Resolver resolver, String allowed, Duration whole, String telegram, OutgoingConnection connection) {
        return new MessageSender(
                VERTX,
                JSON,
                CLOCK,
                resolver,
                new AllowedTargets(Optional.of(allowed)),
                telegram,
                () -> PUSH,
                whole,
                connection);
    }

    static Resolver toLoopback() {
        return host -> host.matches("(?i).*\\.test\\.?")
                ? List.of(InetAddress.getByName("127.0.0.1"))
                : Resolver.system().resolve(host);
    }

    static Message message(String text) {
        return message(MessageEvent.FIRING, Severity.WARNING, "Rupiah falls", "USDIDR", text);
    }

    static Message message(MessageEvent event, Severity severity, String rule, String code, String text) {
        return message(event, severity, rule, code, text, "https://detak.example/#/alerts/7");
    }

    static Message message(MessageEvent event, Severity severity, String rule, String code, String text, String url) {
        return new Message(
                KEY,
                event,
                ALERT,
                rule,
                severity,
                code,
                OffsetDateTime.parse("2026-03-02T09:15:00+07:00"),
                new BigDecimal("1.6345E+4"),
                new BigDecimal("-1.50"),
                new BigDecimal("16100"),
                text,
                CAPTURE,
                url);
    }

    static Webhook webhook(String url) {
        return new Webhook(URI.create(url), "canary-secret");
    }

    static Email email(int port, MailSecurity security, String... to) {
        return new Email(List.of(to), "detak@detak.example", "mail.test", port, security, null, null);
    }

    /**
     * Sends until the peer is in the state, because the time limit may end before that on a busy machine. Every outcome
     * but the last must be late.
     */
    static SendResult sendUntil(BooleanSupplier state, String host, Supplier<SendResult> sending) {
        SendResult outcome = sending.get();
        while (!state.getAsBoolean()) {
            late(outcome, host);
            outcome = sending.get();
        }
        return outcome;
    }

    /**
     * Asserts that the time limit SHORT ended the attempt. On a busy machine the sender cannot always report which part
     * was late.
     */
    static void late(SendResult outcome, String host) {
        assertThat(isLate(outcome, host)).as("%s", outcome).isTrue();
    }

    static boolean isLate(SendResult outcome, String host) {
        return outcome instanceof SendResult.NotTaken not
                && List.of(
                                host + " did not answer within 250 ms.",
                                "The receiver could not be found or did not answer within 250 ms.")
                        .contains(not.reason());
    }

    static WireMockExtension site() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.options().dynamicPort())
                .configureStaticDsl(false)
                .build();
    }

    static URI url(WireMockExtension site, String path) {
        return URI.create("http://hook.test:" + site.getPort() + path);
    }

    /** Sends the messages as one and returns the request that the site received. */
    static Request post(WireMockExtension site, ChannelSettings settings, Message... messages) {
        site.resetRequests();
        site.stubFor(any(anyUrl()).willReturn(ok("canary")));
        taken(sender(toLoopback(), "127.0.0.1", LONG, url(site, "/base/").toString(), OutgoingConnection.DIRECT)
                .send(settings, List.of(messages)));
        assertThat(site.getAllServeEvents()).hasSize(1);
        return site.getAllServeEvents().get(0).getRequest();
    }

    static String body(Request request) {
        return new String(request.getBody(), StandardCharsets.UTF_8);
    }

    /** @param text JSON with single quotes */
    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param sentence null if any will do */
    static void assertRejected(String text, String sentence) {
        assertThatThrownBy(() -> ChannelSettings.of(json(text)))
                .as(text)
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(problem -> {
                    assertThat(problem.getMessage())
                            .endsWith(".")
                            .doesNotContain("canary", "\n", "Exception", "id.detak");
                    if (sentence != null) {
                        assertThat(problem).hasMessage(sentence);
                    }
                });
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

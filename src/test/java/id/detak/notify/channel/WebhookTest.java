package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.body;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.sender;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(120)
@BesideTheApplication
class WebhookTest {
    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    private static final String BODY =
            "{\"key\":\"0195a3c0-0000-7000-8000-000000000001\",\"event\":\"firing\",\"alertId\":\"0195a3c0-0000-7000-8000-000000000002\","
                    + "\"rule\":\"Rupiah falls\",\"severity\":\"warning\",\"code\":\"USDIDR\",\"observedAt\":\"2026-03-02T09:15:00+07:00\",\"value\":16345,"
                    + "\"changePercent\":-1.50,\"reference\":16100,\"text\":\"melemah — ä\",\"captureId\":\"0195a3c0-0000-7000-8000-000000000003\","
                    + "\"url\":\"https://detak.example/#/alerts/7\",\"language\":\"en\"}";

    @Test
    void sendsEveryFieldOfTheMessageAndItsKey() {
        Request request = post(webhook("/hook?a=%20b&c", null), message("melemah — ä"));
        assertThat(body(request)).isEqualTo(BODY);
        assertThat(request.getUrl()).isEqualTo("/hook?a=%20b&c");
        assertThat(request.getMethod().value()).isEqualTo("POST");
        assertThat(request.getHeaders().all())
                .extracting(header -> header.key().toLowerCase(Locale.ROOT) + ": " + header.firstValue())
                .containsExactlyInAnyOrder(
                        "host: hook.test:" + SITE.getPort(),
                        "content-type: application/json",
                        "user-agent: Detak",
                        "idempotency-key: 0195a3c0-0000-7000-8000-000000000001",
                        "webhook-id: 0195a3c0-0000-7000-8000-000000000001",
                        "webhook-timestamp: 1772417730",
                        "connection: close",
                        "content-length: " + BODY.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void sendsNullForFieldsThatATestDoesNotHave() {
        Message test = new Message(
                ChannelFixture.KEY,
                MessageEvent.TEST,
                null,
                "Channel",
                Severity.INFO,
                null,
                OffsetDateTime.parse("2026-03-02T02:15:00Z"),
                null,
                null,
                null,
                "t",
                null,
                "u");
        assertThat(body(post(webhook("", null), test)))
                .isEqualTo("{\"key\":\"0195a3c0-0000-7000-8000-000000000001\",\"event\":\"test\",\"alertId\":null,"
                        + "\"rule\":\"Channel\",\"severity\":\"info\",\"code\":null,\"observedAt\":\"2026-03-02T02:15:00Z\",\"value\":null,\"changePercent\":null,"
                        + "\"reference\":null,\"text\":\"t\",\"captureId\":null,\"url\":\"u\",\"language\":\"en\"}");
    }

    @Test
    void signsWithTheBytesOfAPlainOrEncodedSecret() throws Exception {
        byte[] key = "0123456789abcdef\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        assertSigned("pässword", "pässword".getBytes(StandardCharsets.UTF_8));
        assertSigned("whsec_" + Base64.getEncoder().encodeToString(key), key);
    }

    private static void assertSigned(String secret, byte[] key) throws Exception {
        Request request = post(webhook("/h", secret), message("melemah — ä"));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        byte[] signed =
                ("0195a3c0-0000-7000-8000-000000000001.1772417730." + body(request)).getBytes(StandardCharsets.UTF_8);
        assertThat(request.getHeader("webhook-signature"))
                .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed)));
    }

    /** Example of the specification's own libraries. */
    @Test
    void signsAsStandardWebhooksDoes() {
        assertThat(Webhook.signature(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        "1614265330",
                        "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takesExactlyOneMessageAtATime() {
        ChannelSettings webhook = webhook("/canary", "canary");
        assertThat(webhook.fitting(List.of(message("a"), message("b")))).isEqualTo(1);
        assertThatThrownBy(() -> sender(LONG).send(webhook, List.of(message("a"), message("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("canary");
        assertThatThrownBy(() -> sender(LONG).send(webhook, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(SITE.getAllServeEvents()).isEmpty();
    }

    @Test
    void sendsTheSameBytesAgainAtARetry() {
        ChannelSettings webhook = webhook("/h", "canary-secret");
        Request first = post(webhook, message("a"));
        Request second = post(webhook, message("a"));
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getHeaders()).isEqualTo(first.getHeaders());
    }

    @Test
    void sendsTextUnchanged() throws Exception {
        String hostile =
                "{7*7}{config:x}{#include a}{/}${x}#{y} <b>&amp;</b> @everyone *stars* \r\n\u0000\u202e\u2028 \"\\ \ud83d\ude00";
        String body =
                body(post(webhook("/h", null), message(MessageEvent.FIRING, Severity.INFO, hostile, "A", hostile)));
        assertThat(ChannelFixture.JSON.readTree(body).get("text").textValue()).isEqualTo(hostile);
        assertThat(ChannelFixture.JSON.readTree(body).get("rule").textValue()).isEqualTo(hostile);
    }

    @Test
    void escapesHalfACharacter() {
        Message broken = message(MessageEvent.FIRING, Severity.INFO, "r\udc00", "A", "\ud83d x \ude00");
        assertThat(body(post(webhook("/h", "secret"), broken)))
                .contains("\"rule\":\"r\\uDC00\"", "\"text\":\"\\uD83D x \\uDE00\"");
    }

    @Test
    void rejectsSecretsThatCannotSign() {
        String hook = "{'type':'webhook','url':'https://h.example/','secret':'";
        for (String secret : List.of("", " ", "canary\\n", "canary\\u0000", "canary\\u2028x", "canary".repeat(400))) {
            assertRejected(
                    hook + secret + "'}",
                    "The secret is empty, too long, or has control characters in it: give a single line of text, or leave it out.");
        }
        assertRejected(hook + "whsec_'}", "The secret has nothing after whsec_: give base64 there, or leave it out.");
        assertRejected(
                hook + "whsec_canary!'}",
                "The secret is not base64 after whsec_: give it as it was made, or without whsec_.");
    }

    private static Webhook webhook(String path, String secret) {
        return new Webhook(ChannelFixture.url(SITE, path), secret);
    }

    private static Request post(ChannelSettings settings, Message... messages) {
        return ChannelFixture.post(SITE, settings, messages);
    }
}

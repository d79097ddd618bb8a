package id.detak.notify.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static id.detak.notify.channel.Sent.LONG;
import static id.detak.notify.channel.Sent.message;
import static id.detak.notify.channel.Sent.sending;
import static id.detak.notify.channel.Sent.taken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What arrives at the other side, to the byte. */
@Timeout(120)
@BesideTheApplication
class PayloadTest {
    @RegisterExtension
    static final WireMockExtension SITE = WireMockExtension.newInstance().options(WireMockConfiguration.options().dynamicPort()).build();

    private static final String WEBHOOK = "{\"key\":\"0195a3c0-0000-7000-8000-000000000001\",\"event\":\"firing\",\"alertId\":\"0195a3c0-0000-7000-8000-000000000002\","
            + "\"rule\":\"Rupiah falls\",\"severity\":\"warning\",\"code\":\"USDIDR\",\"observedAt\":\"2026-03-02T09:15:00+07:00\",\"value\":16345,"
            + "\"changePercent\":-1.50,\"reference\":16100,\"text\":\"melemah — ä\",\"captureId\":\"0195a3c0-0000-7000-8000-000000000003\","
            + "\"url\":\"https://detak.example/#/alerts/7\"}";

    @BeforeEach
    void takeAll() {
        SITE.stubFor(any(anyUrl()).willReturn(ok("canary")));
    }

    @Test
    void aWebhookGetsTheMessageFieldByFieldWithItsKey() {
        Request request = send(new ChannelSettings.Webhook(url("/hook?a=%20b&c"), null), message("melemah — ä"));
        assertThat(body(request)).isEqualTo(WEBHOOK);
        assertThat(request.getUrl()).isEqualTo("/hook?a=%20b&c");
        assertThat(request.getMethod().value()).isEqualTo("POST");
        assertThat(request.getHeaders().all()).extracting(header -> header.key().toLowerCase() + ": " + header.firstValue()).containsExactlyInAnyOrder(
                "host: hook.test:" + SITE.getPort(), "content-type: application/json", "user-agent: Detak", "idempotency-key: 0195a3c0-0000-7000-8000-000000000001",
                "webhook-id: 0195a3c0-0000-7000-8000-000000000001", "webhook-timestamp: 1772417730", "connection: close",
                "content-length: " + WEBHOOK.getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void whatATestHasNotIsNull() {
        Message test = new Message(Sent.KEY, MessageEvent.TEST, null, "Channel", Severity.INFO, null, OffsetDateTime.parse("2026-03-02T02:15:00Z"), null, null, null, "t", null, "u");
        assertThat(body(send(new ChannelSettings.Webhook(url(""), null), test))).isEqualTo("{\"key\":\"0195a3c0-0000-7000-8000-000000000001\",\"event\":\"test\",\"alertId\":null,"
                + "\"rule\":\"Channel\",\"severity\":\"info\",\"code\":null,\"observedAt\":\"2026-03-02T02:15:00Z\",\"value\":null,\"changePercent\":null,"
                + "\"reference\":null,\"text\":\"t\",\"captureId\":null,\"url\":\"u\"}");
    }

    @Test
    void aPlainSecretSignsAsItsBytesAndOneOfWhsecAsWhatItEncodes() throws Exception {
        byte[] key = "0123456789abcdef\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        String encoded = "whsec_" + Base64.getEncoder().encodeToString(key);
        for (var secret : List.of(List.of("pässword", "pässword".getBytes(StandardCharsets.UTF_8)), List.of(encoded, key))) {
            Request request = send(new ChannelSettings.Webhook(url("/h"), (String) secret.get(0)), message("melemah — ä"));
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec((byte[]) secret.get(1), "HmacSHA256"));
            byte[] signed = ("0195a3c0-0000-7000-8000-000000000001.1772417730." + body(request)).getBytes(StandardCharsets.UTF_8);
            assertThat(request.getHeader("webhook-signature")).isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed)));
            SITE.resetRequests();
        }
    }

    /** From the specification's own libraries. */
    @Test
    void theSignatureIsThatOfStandardWebhooks() {
        assertThat(WebhookSignature.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void slackGetsTextWithoutMarkup() {
        Request request = send(new ChannelSettings.Slack(url("/services/T/B/x")), message("*stars* <b> & <!everyone>"));
        assertThat(request.getUrl()).isEqualTo("/services/T/B/x");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(body(request)).isEqualTo("{\"text\":\"Firing: USDIDR · Rupiah falls\\n*stars* &lt;b&gt; &amp; &lt;!everyone&gt;\\nhttps://detak.example/#/alerts/7\",\"mrkdwn\":false}");
    }

    @Test
    void discordGetsTextThatMentionsNobody() {
        Request request = send(new ChannelSettings.Discord(url("/api/webhooks/1/x")), message("*stars* @everyone <@1> [a](b)\n- a"));
        assertThat(body(request)).isEqualTo("{\"content\":\"Firing: USDIDR · Rupiah falls\\n\\\\*stars\\\\* @everyone \\\\<@1\\\\> \\\\[a\\\\](b)\\n\\\\- a\\n"
                + "https://detak.example/#/alerts/7\",\"allowed_mentions\":{\"parse\":[]}}");
    }

    @Test
    void ntfyGetsTheTopicAtTheServersOwnPathAndTheTokenInAHeader() {
        Request request = send(new ChannelSettings.Ntfy(url("/sub/my-topic"), "tk_canary"), message("text"));
        assertThat(request.getUrl()).isEqualTo("/sub/");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer tk_canary");
        assertThat(body(request)).isEqualTo("{\"topic\":\"my-topic\",\"title\":\"Firing: USDIDR · Rupiah falls\",\"message\":\"text\\nhttps://detak.example/#/alerts/7\","
                + "\"priority\":4,\"tags\":[\"warning\"],\"click\":\"https://detak.example/#/alerts/7\"}");
    }

    @Test
    void ntfyRingsAsLoudAsTheLoudestThatFires() {
        ChannelSettings ntfy = new ChannelSettings.Ntfy(url("/t"), null);
        Message resolved = message(MessageEvent.RESOLVED, Severity.CRITICAL, "r", "A", "x");
        Message info = message(MessageEvent.FIRING, Severity.INFO, "r", "B", "y");
        Message critical = message(MessageEvent.REMINDER, Severity.CRITICAL, "r", "C", "z");
        assertThat(body(send(ntfy, resolved))).contains("\"priority\":3,\"tags\":[\"white_check_mark\"]");
        SITE.resetRequests();
        assertThat(body(send(ntfy, resolved, info))).contains("\"priority\":3,\"tags\":[\"information_source\"]");
        SITE.resetRequests();
        assertThat(body(send(ntfy, resolved, info, critical))).contains("\"priority\":5,\"tags\":[\"rotating_light\"]").doesNotContain("Authorization");
    }

    @Test
    void telegramGetsPlainTextAtTheAddressThatIsSet() {
        Request request = send(new ChannelSettings.Telegram("123:canary-A_b", "-100123"), message("*stars* <b> {7*7} {#include x}"));
        assertThat(request.getUrl()).isEqualTo("/base/bot123:canary-A_b/sendMessage");
        assertThat(body(request)).isEqualTo("{\"chat_id\":\"-100123\",\"text\":\"Firing: USDIDR · Rupiah falls\\n*stars* <b> {7*7} {#include x}\\n"
                + "https://detak.example/#/alerts/7\",\"link_preview_options\":{\"is_disabled\":true}}");
    }

    @Test
    void severalMessagesGoOutAsOneToPeopleInTheirOrder() {
        Message first = message(MessageEvent.FIRING, Severity.WARNING, "r", "USDIDR", "one");
        Message second = message(MessageEvent.RESOLVED, Severity.WARNING, "r", "IHSG", "two");
        Message third = message(MessageEvent.FIRING, Severity.INFO, "r", "USDIDR", "three");
        Request request = send(new ChannelSettings.Telegram("1:a", "2"), first, second, third);
        assertThat(body(request)).contains("\"text\":\"3 alerts: USDIDR, IHSG\\n\\nFiring: USDIDR · r (2 Mar 09:15 WIB)\\none\\nhttps://detak.example/#/alerts/7"
                + "\\n\\nResolved: IHSG · r (2 Mar 09:15 WIB)\\ntwo\\nhttps://detak.example/#/alerts/7\\n\\nFiring: USDIDR · r (2 Mar 09:15 WIB)\\nthree\\nhttps://detak.example/#/alerts/7\"");
    }

    @Test
    void aWebhookGetsOneMessageAtATimeAndNothingIsNotSent() {
        ChannelSettings webhook = new ChannelSettings.Webhook(url("/canary"), "canary");
        assertThatThrownBy(() -> sending(LONG).send(webhook, List.of(message("a"), message("b")))).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("canary");
        assertThatThrownBy(() -> sending(LONG).send(webhook, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(SITE.getAllServeEvents()).isEmpty();
    }

    @Test
    void aRepeatIsTheSameToTheByte() {
        ChannelSettings webhook = Sent.webhook(url("/h").toString());
        Request first = send(webhook, message("a"));
        SITE.resetRequests();
        Request second = send(webhook, message("a"));
        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(second.getHeaders()).isEqualTo(first.getHeaders());
    }

    /** A webhook's is written as JSON can write it, in ASCII. */
    @Test
    void halfACharacterStopsNoChannel() {
        Message broken = message(MessageEvent.FIRING, Severity.INFO, "r\udc00", "A\ud83d", "\ud83d x \ude00", "https://detak.example/\ud83d");
        assertThat(body(send(new ChannelSettings.Webhook(url("/h"), "secret"), broken))).contains("\"rule\":\"r\\uDC00\"", "\"text\":\"\\uD83D x \\uDE00\"");
        for (ChannelSettings people : List.of(new ChannelSettings.Slack(url("/s")), new ChannelSettings.Discord(url("/d")), new ChannelSettings.Ntfy(url("/n"), null),
                new ChannelSettings.Telegram("1:a", "2"))) {
            SITE.resetRequests();
            assertThat(body(send(people, broken))).contains("\ufffd x \ufffd");
        }
    }

    @Test
    void aWebhookGetsEveryTextAsItIs() throws Exception {
        String hostile = "{7*7}{config:x}{#include a}{/}${x}#{y} <b>&amp;</b> @everyone *stars* \r\n\u0000\u202e\u2028 \"\\ \ud83d\ude00";
        String body = body(send(new ChannelSettings.Webhook(url("/h"), null), message(MessageEvent.FIRING, Severity.INFO, hostile, "A", hostile)));
        assertThat(Sent.JSON.readTree(body).get("text").textValue()).isEqualTo(hostile);
        assertThat(Sent.JSON.readTree(body).get("rule").textValue()).isEqualTo(hostile);
    }

    private static URI url(String path) {
        return URI.create("http://hook.test:" + SITE.getPort() + path);
    }

    private static Request send(ChannelSettings settings, Message... messages) {
        taken(sending(Sent.toLoopback(), "127.0.0.1", LONG, "http://hook.test:" + SITE.getPort() + "/base/", null).send(settings, Arrays.asList(messages)));
        assertThat(SITE.getAllServeEvents()).hasSize(1);
        return SITE.getAllServeEvents().get(0).getRequest();
    }

    private static String body(Request request) {
        return new String(request.getBody(), StandardCharsets.UTF_8);
    }
}

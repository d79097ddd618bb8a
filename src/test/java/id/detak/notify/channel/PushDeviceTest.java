package id.detak.notify.channel;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static id.detak.notify.channel.ChannelFixture.JSON;
import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.PUSH;
import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static id.detak.notify.channel.ChannelFixture.taken;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.language.Language;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.PushSubscriber;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@BesideTheApplication
class PushDeviceTest {

    private static final String KEY = Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(PUSH.getVapidKeys().getApplicationServerKey());
    private static final String TOPIC = ChannelFixture.ALERT.toString().replace("-", "");
    private static final String INCOMPLETE =
            "The subscription is not one of a browser: give it as PushManager.subscribe() returned it, with endpoint, keys.p256dh and keys.auth.";

    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    private final PushSubscriber subscriber = PushSubscriber.create();

    /** RFC 8291, appendix A. */
    @Test
    void theSubscriberOfTheTestsDecryptsTheExampleOfTheRfc() {
        PushSubscriber example = PushSubscriber.of(
                "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "BTBZMqHH6r4Tts7J_aSIgg");
        assertThat(
                        example.decrypt(
                                Base64.getUrlDecoder()
                                        .decode(
                                                "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN")))
                .isEqualTo("When I grow up, I want to be a watermelon");
    }

    @Test
    void onlyTheDeviceCanReadTheMessage() throws IOException {
        Request request = post(message("Rp fell \"1.50 %\" to\n16,345."));
        assertThat(request.getUrl()).isEqualTo("/canary-device");
        assertThat(request.getHeader("Content-Encoding")).isEqualTo("aes128gcm");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(notice(request)).isEqualTo(JSON.readTree("""
                        {"lang":"en","title":"Firing: USDIDR · Rupiah falls","text":"Rp fell \\"1.50 %\\" to\\n16,345.","path":"/#/alerts/7",
                         "tag":"0195a3c0-0000-7000-8000-000000000002","again":false,"silent":false}
                        """));
        assertThat(ChannelFixture.body(request)).doesNotContain("Rupiah", "16,345");
    }

    @Test
    void theNotificationHasTheLanguageOfTheMessage() {
        JsonNode notice = notice(post(message("t").withText(Language.INDONESIAN, "Rupiah melemah.")));
        assertThat(notice.path("lang").asText()).isEqualTo("id");
        assertThat(notice.path("title").asText()).isEqualTo("Terpicu: USDIDR · Rupiah falls");
        assertThat(notice.path("text").asText()).isEqualTo("Rupiah melemah.");
    }

    @Test
    void aRequestIsSignedForThePushServiceAlone() {
        Request request = post(message("t"));
        JsonNode claims = PushSubscriber.claims(request.getHeader("Authorization"), KEY);
        assertThat(claims.path("aud").asText()).isEqualTo("http://hook.test:" + SITE.getPort());
        assertThat(claims.path("sub").asText()).isEqualTo("https://detak.example/");
        // the library reads the clock of the machine
        assertThat(Duration.between(
                        Instant.now(), Instant.ofEpochSecond(claims.path("exp").asLong())))
                .isBetween(Duration.ofHours(1), Duration.ofHours(24));
    }

    @ParameterizedTest
    @CsvSource({
        "FIRING,   INFO,     low,    86400,  false, false",
        "FIRING,   WARNING,  normal, 604800, false, false",
        "FIRING,   CRITICAL, high,   604800, false, false",
        "REMINDER, CRITICAL, high,   604800, true,  false",
        "RESOLVED, CRITICAL, normal, 86400,  false, true"
    })
    void severityDecidesHowUrgentAMessageIs(
            MessageEvent event, Severity severity, String urgency, String ttl, boolean again, boolean silent) {
        Request request = post(message(event, severity, "r", "LQ45", "t"));
        assertThat(request.getHeader("Urgency")).isEqualTo(urgency);
        assertThat(request.getHeader("TTL")).isEqualTo(ttl);
        assertThat(request.getHeader("Topic")).isEqualTo(TOPIC);
        assertThat(notice(request).path("again").asBoolean()).isEqualTo(again);
        assertThat(notice(request).path("silent").asBoolean()).isEqualTo(silent);
    }

    @Test
    void severalMessagesOfAnAlertAreOneNotificationAboutIt() {
        Request request = post(
                message(MessageEvent.FIRING, Severity.INFO, "r", "A", "it fell"),
                message(MessageEvent.RESOLVED, Severity.INFO, "r", "A", "it rose"));
        assertThat(request.getHeader("Topic")).isEqualTo(TOPIC);
        assertThat(notice(request).path("text").asText())
                .contains("it fell", "it rose")
                .doesNotContain("http");
        assertThat(notice(request).path("path").asText()).isEqualTo("/#/alerts/7");
    }

    @Test
    void messagesOfSeveralAlertsReplaceNothing() {
        Message other = new Message(
                UUID.randomUUID(),
                MessageEvent.REMINDER,
                UUID.randomUUID(),
                "r",
                Severity.CRITICAL,
                "B",
                null,
                null,
                null,
                null,
                "b",
                null,
                "https://detak.example/alerts/8");
        Request request = post(message("a"), other);
        assertThat(request.containsHeader("Topic")).isFalse();
        assertThat(request.getHeader("Urgency")).isEqualTo("high");
        JsonNode notice = notice(request);
        assertThat(notice.path("title").asText()).isEqualTo("2 alerts: USDIDR, B");
        assertThat(notice.path("path").asText()).isEqualTo("/alerts");
        assertThat(notice.has("tag")).isFalse();
        assertThat(notice.path("again").asBoolean()).as("needs a tag").isFalse();
    }

    @Test
    void aTestReplacesNothing() {
        Message test = new Message(
                UUID.randomUUID(),
                MessageEvent.TEST,
                null,
                null,
                Severity.INFO,
                null,
                null,
                null,
                null,
                null,
                "t",
                null,
                null);
        Request request = post(test);
        assertThat(request.containsHeader("Topic")).isFalse();
        assertThat(notice(request).path("silent").asBoolean()).isFalse();
        assertThat(notice(request).path("path").asText()).isEqualTo("/alerts");
    }

    @Test
    void aMessageNeverExceedsWhatEveryPushServiceTakes() {
        String wide = "\ud83d\udcc9\"\\".repeat(3000);
        Message longest = message(MessageEvent.FIRING, Severity.CRITICAL, wide, wide, wide);
        PushDevice device = device("/canary-device");
        for (List<Message> messages : List.of(
                List.of(longest),
                IntStream.range(0, 20).mapToObj(i -> longest).toList(),
                IntStream.range(0, 20).mapToObj(i -> message("short " + i)).toList())) {
            assertThat(device.fitting(messages)).isPositive();
            Request request = post(messages.toArray(Message[]::new));
            assertThat(request.getBody()).hasSizeLessThanOrEqualTo(4096);
            assertThat(notice(request).path("text").asText()).isNotBlank();
        }
    }

    @Test
    void aMessageThatIsTooLargeIsSentWithoutItsText() {
        answer(413, null);
        SITE.stubFor(any(anyUrl())
                .inScenario("large")
                .whenScenarioStateIs(STARTED)
                .willReturn(aResponse().withStatus(413))
                .willSetStateTo("small"));
        SITE.stubFor(any(anyUrl())
                .inScenario("large")
                .whenScenarioStateIs("small")
                .willReturn(aResponse().withStatus(201)));
        taken(send());
        assertThat(SITE.getAllServeEvents()).hasSize(2);
        assertThat(notice(SITE.getAllServeEvents().get(0).getRequest()).has("text"))
                .isFalse();
        answer(413, null);
        assertThat(notTaken(send()).reason()).isEqualTo("hook.test answered 413.");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void aSubscriptionThatEndedIsGone(int status) {
        answer(status, null);
        assertThat(send())
                .isEqualTo(
                        new SendResult.Gone("hook.test answered " + status + ": this device is no longer subscribed."));
    }

    @ParameterizedTest
    @CsvSource({"201,", "202,", "204,"})
    void everySuccessIsTaken(int status) {
        answer(status, null);
        taken(send());
    }

    @Test
    void waitsAsLongAsThePushServiceAsks() {
        answer(429, "120");
        assertThat(send()).isEqualTo(new SendResult.NotTaken("hook.test answered 429.", Duration.ofMinutes(2)));
        answer(403, null);
        assertThat(send()).isEqualTo(new SendResult.NotTaken("hook.test answered 403.", null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.1.1", "169.254.169.254", "[::1]", "localhost"})
    void anEndpointInsideTheNetworkIsRefused(String host) {
        PushDevice device = (PushDevice) settings("http://" + host + ":" + SITE.getPort() + "/canary");
        SITE.resetRequests();
        assertThat(notTaken(sender(ChannelFixture.toLoopback(), "", LONG).send(device, List.of(message("t"))))
                        .reason())
                .endsWith(" resolves to an address inside your network; to allow it, add it to DETAK_NOTIFY_ALLOW.");
        assertThat(SITE.getAllServeEvents()).isEmpty();
    }

    @Test
    void takesTheJsonOfABrowser() {
        Map<String, Object> given = subscriber.subscription("https://push.example/canary");
        String extended = text(given).replaceFirst("\\{", "{\"expirationTime\":null,");
        assertThat(ChannelSettings.of(ChannelFixture.json("{'type':'webpush','subscription':" + extended + "}"))
                        .target())
                .isEqualTo("https://push.example/…");
    }

    @Test
    void rejectsWhatIsNoSubscription() {
        String good = text(subscriber.subscription("https://push.example/canary"));
        String offTheCurve = good.replaceFirst("(\"p256dh\":\"[\\w-]{80}).{6}", "$1AAAAAA");
        for (String bad : List.of(
                "null",
                "{}",
                good.replace("endpoint", "canary"),
                good.replace("p256dh", "canary"),
                good.replace("auth", "canary"),
                good.replace("https:", "ftp:"),
                good.replace("push.example", "canary@push.example"),
                good.replace("/canary", "/" + "canary".repeat(400)),
                good.replaceFirst("\"auth\":\".", "\"auth\":\""),
                good.replaceFirst("\"auth\":\".", "\"auth\":\"*"),
                good.replaceFirst("\"p256dh\":\"B", "\"p256dh\":\"A"),
                offTheCurve)) {
            assertRejected("{'type':'webpush','subscription':" + bad + "}", INCOMPLETE);
        }
        assertRejected("{'type':'webpush'}", INCOMPLETE);
        assertRejected("{'type':'webpush','subscription':'canary'}", null);
        assertRejected("{'type':'webpush','subscription':" + good.replace("/canary", "/ canary") + "}", null);
        assertThat(settings("https://push.example/canary")).hasToString("webpush https://push.example/…");
    }

    private PushDevice device(String path) {
        return (PushDevice) settings(ChannelFixture.url(SITE, path).toString());
    }

    private ChannelSettings settings(String endpoint) {
        return ChannelSettings.of(
                JSON.valueToTree(Map.of("type", "webpush", "subscription", subscriber.subscription(endpoint))));
    }

    private static String text(Object value) {
        return JSON.valueToTree(value).toString();
    }

    private static void answer(int status, String retryAfter) {
        SITE.resetAll();
        SITE.stubFor(any(anyUrl())
                .willReturn(
                        retryAfter == null
                                ? aResponse().withStatus(status).withBody("canary")
                                : aResponse().withStatus(status).withHeader("Retry-After", retryAfter)));
    }

    private SendResult send() {
        return sender(LONG).send(device("/canary-device"), List.of(message("t")));
    }

    private Request post(Message... messages) {
        return ChannelFixture.post(SITE, device("/canary-device"), messages);
    }

    private JsonNode notice(Request request) {
        try {
            return JSON.readTree(subscriber.decrypt(request.getBody()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

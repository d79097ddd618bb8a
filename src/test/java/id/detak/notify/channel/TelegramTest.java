package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.LONG;
import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.body;
import static id.detak.notify.channel.ChannelFixture.json;
import static id.detak.notify.channel.ChannelFixture.message;
import static id.detak.notify.channel.ChannelFixture.notTaken;
import static id.detak.notify.channel.ChannelFixture.sender;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.platform.net.OutgoingConnection;
import id.detak.testsupport.BesideTheApplication;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@BesideTheApplication
class TelegramTest {
    private static final String TOKEN_ADVICE =
            "The token is not a Telegram bot token: give the one that BotFather showed, such as 123456:ABC-DEF.";
    private static final String WAIT_FIVE =
            "{\"ok\":false,\"description\":\"canary\",\"parameters\":{\"retry_after\":5}}";

    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    @Test
    void sendsPlainTextToTheConfiguredServer() {
        Request request = post(new Telegram("123:canary-A_b", "-100123"), message("*stars* <b> {7*7} {#include x}"));
        assertThat(request.getUrl()).isEqualTo("/base/bot123:canary-A_b/sendMessage");
        assertThat(body(request))
                .isEqualTo(
                        "{\"chat_id\":\"-100123\",\"text\":\"Firing: USDIDR · Rupiah falls\\n*stars* <b> {7*7} {#include x}\\n"
                                + "https://detak.example/#/alerts/7\",\"link_preview_options\":{\"is_disabled\":true}}");
    }

    @Test
    void sendsSeveralMessagesAsOneInTheirOrder() {
        Message first = message(MessageEvent.FIRING, Severity.WARNING, "r", "USDIDR", "one");
        Message second = message(MessageEvent.RESOLVED, Severity.WARNING, "r", "IHSG", "two");
        Message third = message(MessageEvent.FIRING, Severity.INFO, "r", "USDIDR", "three");
        Request request = post(new Telegram("1:a", "2"), first, second, third);
        assertThat(body(request))
                .contains(
                        "\"text\":\"3 alerts: USDIDR, IHSG\\n\\nFiring: USDIDR · r (2 Mar 09:15 WIB)\\none\\nhttps://detak.example/#/alerts/7"
                                + "\\n\\nResolved: IHSG · r (2 Mar 09:15 WIB)\\ntwo\\nhttps://detak.example/#/alerts/7\\n\\nFiring: USDIDR · r (2 Mar 09:15 WIB)\\nthree\\nhttps://detak.example/#/alerts/7\"");
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(body(post(new Telegram("1:a", "2"), message("\ud83d x \ude00"))))
                .contains("\ufffd x \ufffd");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "429 |                | " + WAIT_FIVE + " | 5",
                "429 | Retry-After: 7 | " + WAIT_FIVE + " | 7",
                "400 |                | " + WAIT_FIVE + " |"
            })
    void waitsAsLongAsTelegramAsks(int status, String header, String body, Long seconds) throws Exception {
        String head = "HTTP/1.1 " + status + " canary\r\n" + (header == null ? "" : header + "\r\n")
                + "Content-Length: " + body.length() + "\r\n\r\n";
        try (Peer peer = Peer.answering(head + body)) {
            assertThat(notTaken(telegram(peer)))
                    .isEqualTo(new SendResult.NotTaken(
                            "telegram.test answered " + status + ".",
                            seconds == null ? null : Duration.ofSeconds(seconds)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"parameters\":{\"retry_after\":1e99}}                 |",
                "{\"parameters\":{\"retry_after\":-5}}                   | PT0S",
                "{\"parameters\":{\"retry_after\":99999999999999999999}} |",
                "{\"parameters\":{\"retry_after\":9223372036854775807}}  | P1D",
                "[]                                                      |",
                "canary                                                  |"
            })
    void readsHowLongToWaitFromTheBody(String body, Duration wait) {
        assertThat(Telegram.retryAfter(body.getBytes(StandardCharsets.UTF_8))).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5000})
    void survivesABodyThatIsNotJson(int brackets) {
        assertThat(Telegram.retryAfter("[".repeat(brackets).getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(Telegram.retryAfter("\u0000".repeat(brackets).getBytes(StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void neverShowsTheToken() throws Exception {
        for (String answer : List.of(
                "HTTP/1.1 401 Unauthorized\r\nContent-Length: 6\r\n\r\ncanary",
                "HTTP/1.1 302 Go\r\nLocation: http://x/botcanary\r\nContent-Length: 0\r\n\r\n",
                "x\r\n\r\n")) {
            try (Peer peer = Peer.answering(answer)) {
                assertThat(notTaken(telegram(peer)).reason()).contains("telegram.test");
            }
        }
    }

    @Test
    void rejectsWhatIsNoTokenOrChat() {
        for (String token : List.of("", "canary", "1:canary/../x", "1:canary x", "1:", ":canary", "1:canary\\n")) {
            assertRejected("{'type':'telegram','chatId':'5','token':'" + token + "'}", TOKEN_ADVICE);
        }
        assertRejected("{'type':'telegram','chatId':'5'}", TOKEN_ADVICE);
        for (String chat : List.of("", "canary", "@", "--5", "5 6", "@canary\\n")) {
            assertRejected(
                    "{'type':'telegram','token':'1:a','chatId':'" + chat + "'}",
                    "The chatId is not a Telegram chat: give a number, or the @name of a channel.");
        }
    }

    @Test
    void acceptsTheChatAsANumber() {
        assertThat(ChannelSettings.of(json("{'type':'telegram','token':'1:a','chatId':-100123}")))
                .isEqualTo(new Telegram("1:a", "-100123"));
    }

    private static SendResult telegram(Peer peer) {
        return sender(
                        ChannelFixture.toLoopback(),
                        "127.0.0.1",
                        LONG,
                        "http://telegram.test:" + peer.port(),
                        OutgoingConnection.DIRECT)
                .send(new Telegram("123:canary", "-5"), List.of(message("t")));
    }

    private static Request post(ChannelSettings settings, Message... messages) {
        return ChannelFixture.post(SITE, settings, messages);
    }
}

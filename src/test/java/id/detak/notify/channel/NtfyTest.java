package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.assertRejected;
import static id.detak.notify.channel.ChannelFixture.body;
import static id.detak.notify.channel.ChannelFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@BesideTheApplication
class NtfyTest {
    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    @Test
    void postsTheTopicToTheServerAndTheTokenInAHeader() {
        Request request = post(ntfy("/sub/my-topic", "tk_canary"), message("text"));
        assertThat(request.getUrl()).isEqualTo("/sub/");
        assertThat(request.getHeader("Authorization")).isEqualTo("Bearer tk_canary");
        assertThat(body(request))
                .isEqualTo(
                        "{\"topic\":\"my-topic\",\"title\":\"Firing: USDIDR · Rupiah falls\",\"message\":\"text\\nhttps://detak.example/#/alerts/7\","
                                + "\"priority\":4,\"tags\":[\"warning\"],\"click\":\"https://detak.example/#/alerts/7\"}");
    }

    @Test
    void hasThePriorityOfTheMostSevereThatFires() {
        ChannelSettings ntfy = ntfy("/t", null);
        Message resolved = message(MessageEvent.RESOLVED, Severity.CRITICAL, "r", "A", "x");
        Message info = message(MessageEvent.FIRING, Severity.INFO, "r", "B", "y");
        Message critical = message(MessageEvent.REMINDER, Severity.CRITICAL, "r", "C", "z");
        assertThat(body(post(ntfy, resolved))).contains("\"priority\":3,\"tags\":[\"white_check_mark\"]");
        assertThat(body(post(ntfy, resolved, info))).contains("\"priority\":3,\"tags\":[\"information_source\"]");
        Request request = post(ntfy, resolved, info, critical);
        assertThat(body(request)).contains("\"priority\":5,\"tags\":[\"rotating_light\"]");
        assertThat(request.containsHeader("Authorization")).isFalse();
    }

    @Test
    void leavesOutTheLinkOfAMessageWithoutOne() {
        assertThat(body(post(ntfy("/t", null), message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t", null))))
                .doesNotContain("click");
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(body(post(ntfy("/n", null), message("\ud83d x \ude00")))).contains("\ufffd x \ufffd");
    }

    @Test
    void doesNotEscapeText() {
        assertThat(Ntfy.TEXT.literal("*a* <b> {7*7} @everyone")).isEqualTo("*a* <b> {7*7} @everyone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://h.example",
                "https://h.example/",
                "https://h.example/t/",
                "https://h.example/t?canary",
                "https://h.example/t#canary",
                "https://h.example/a.b",
                "https://h.example/%41",
                "https://h.example/12345678901234567890123456789012345678901234567890123456789012345"
            })
    void rejectsAUrlWithoutATopic(String url) {
        assertRejected(
                "{'type':'ntfy','url':'" + url + "'}",
                "The url has no topic at its end: give server and topic, such as https://ntfy.example.org/my-topic.");
    }

    @Test
    void rejectsATokenThatIsNoHeaderValue() {
        for (String token : List.of("", "tk canary", "tk_canary\\r\\nX: y", "canary\u00e4", "canary".repeat(400))) {
            assertRejected(
                    "{'type':'ntfy','url':'https://h.example/t','token':'" + token + "'}",
                    "The token has spaces or other characters that are not allowed: give it as it was shown to you, or leave it out.");
        }
    }

    private static Ntfy ntfy(String path, String token) {
        return new Ntfy(ChannelFixture.url(SITE, path), token);
    }

    private static Request post(ChannelSettings settings, Message... messages) {
        return ChannelFixture.post(SITE, settings, messages);
    }
}

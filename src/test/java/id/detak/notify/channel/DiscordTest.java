package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.body;
import static id.detak.notify.channel.ChannelFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import id.detak.testsupport.BesideTheApplication;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@BesideTheApplication
class DiscordTest {
    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    @Test
    void sendsTextThatMentionsNoOne() {
        assertThat(body(post("*stars* @everyone <@1> [a](b)\n- a")))
                .isEqualTo(
                        "{\"content\":\"Firing: USDIDR · Rupiah falls\\n\\\\*stars\\\\* @everyone \\\\<@1\\\\> \\\\[a\\\\](b)\\n\\\\- a\\n"
                                + "https://detak.example/#/alerts/7\",\"allowed_mentions\":{\"parse\":[]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            value = {
                "*a* _b_ ~c~ `d` ||e||       ^ \\*a\\* \\_b\\_ \\~c\\~ \\`d\\` \\|\\|e\\|\\|",
                "# a > b <@1> @everyone      ^ \\# a \\> b \\<@1\\> @everyone",
                "\\*a\\*                     ^ \\\\\\*a\\\\\\*",
                "- a                         ^ \\- a",
                "{7*7} {config:x}            ^ {7\\*7} {config:x}"
            })
    void escapesMarkdown(String text, String escaped) {
        assertThat(Discord.TEXT.literal(text)).isEqualTo(escaped);
    }

    @Test
    void neverCutsAnEscapeInTwo() {
        for (int length = 1900; length < 2000; length++) {
            String written = MessageText.of(List.of(message("z".repeat(length - 1000) + "*".repeat(1000))))
                    .whole(Discord.TEXT);
            assertThat(written.replace("\\*", "")).doesNotContain("\\");
        }
    }

    @Test
    void keepsLinksClickable() {
        Message message =
                message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t", "https://h.example/a_b_c?x=[1]#/r~");
        assertThat(MessageText.of(List.of(message)).body(Discord.TEXT))
                .isEqualTo("t\nhttps://h.example/a_b_c?x=[1]#/r~");
        Message not = message(MessageEvent.FIRING, Severity.INFO, "r", "A", "t", "*x*");
        assertThat(MessageText.of(List.of(not)).body(Discord.TEXT)).isEqualTo("t\n\\*x\\*");
    }

    @Test
    void endsAtAWholeMessageAndCountsTheRest() {
        String written = MessageText.of(Collections.nCopies(40, message("y".repeat(300))))
                .whole(Discord.TEXT);
        assertThat(written)
                .endsWith("y\nhttps://detak.example/#/alerts/7\n\n… and 35 more")
                .hasSizeBetween(1500, 2000);
        assertThat(written.split("y{300}", -1)).hasSize(6);
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(body(post("\ud83d x \ude00"))).contains("\ufffd x \ufffd");
    }

    private static Request post(String text) {
        return ChannelFixture.post(SITE, new Discord(ChannelFixture.url(SITE, "/api/webhooks/1/x")), message(text));
    }
}

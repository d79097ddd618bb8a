package id.detak.notify.channel;

import static id.detak.notify.channel.ChannelFixture.body;
import static id.detak.notify.channel.ChannelFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import id.detak.testsupport.BesideTheApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
@BesideTheApplication
class SlackTest {
    @RegisterExtension
    static final WireMockExtension SITE = ChannelFixture.site();

    @Test
    void sendsTextWithoutMarkup() {
        Request request = post("/services/T/B/x", "*stars* <b> & <!everyone>");
        assertThat(request.getUrl()).isEqualTo("/services/T/B/x");
        assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(body(request))
                .isEqualTo(
                        "{\"text\":\"Firing: USDIDR · Rupiah falls\\n*stars* &lt;b&gt; &amp; &lt;!everyone&gt;\\nhttps://detak.example/#/alerts/7\",\"mrkdwn\":false}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            value = {
                "{7*7} {config:x} {#include}          ^ {7*7} {config:x} {#include}",
                "<b> & <@U1> <!here> &amp;            ^ &lt;b&gt; &amp; &lt;@U1&gt; &lt;!here&gt; &amp;amp;"
            })
    void escapesMarkup(String text, String escaped) {
        assertThat(Slack.TEXT.literal(text)).isEqualTo(escaped);
    }

    @Test
    void replacesHalfACharacter() {
        assertThat(body(post("/s", "\ud83d x \ude00"))).contains("\ufffd x \ufffd");
    }

    private static Request post(String path, String text) {
        return ChannelFixture.post(SITE, new Slack(ChannelFixture.url(SITE, path)), message(text));
    }
}

package id.detak.notify.channel;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import java.net.URI;
import java.util.List;

/** An incoming webhook of Slack, which gets text without markup. */
@ChannelKind("slack")
public record Slack(
        @FormField(label = "urlHook", secret = true) @JsonDeserialize(using = SettingsJson.Url.class)
        URI url) implements ChannelSettings {

    static final TextTarget TEXT = new TextTarget(4000) {
        @Override
        String literal(String text) {
            return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        }
    };

    public Slack {
        SettingChecks.webUrl(url);
    }

    private record Body(String text, boolean mrkdwn) {}

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        return transport
                .post(url, new Body(MessageText.of(messages).whole(TEXT), false), deadline)
                .outcome();
    }

    @Override
    public String target() {
        return Redacted.url(url);
    }

    @Override
    public String toString() {
        return "slack " + target();
    }
}

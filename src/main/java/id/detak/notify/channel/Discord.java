package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** A webhook of Discord, which gets text that mentions no one. */
@ChannelKind("discord")
public record Discord(
        @FormField(label = "urlHook", secret = true) @JsonDeserialize(using = SettingsJson.Url.class)
        URI url) implements ChannelSettings {

    private static final Pattern MARKDOWN = Pattern.compile("[\\\\*_~`|<>\\[\\]#]");
    private static final Pattern LIST = Pattern.compile("(?m)^(\\s*)([-+])");
    private static final Pattern LINK = Pattern.compile("https?://[A-Za-z0-9._~:/?&=%#\\[\\]-]+");

    static final TextTarget TEXT = new TextTarget(2000) {
        @Override
        String literal(String text) {
            return LIST.matcher(MARKDOWN.matcher(text).replaceAll("\\\\$0")).replaceAll("$1\\\\$2");
        }

        /** A backslash would become a part of the link. */
        @Override
        String address(String url) {
            return LINK.matcher(url).matches() ? url : literal(url);
        }
    };

    public Discord {
        SettingChecks.webUrl(url);
    }

    private record Body(
            String content,
            @JsonProperty("allowed_mentions") Mentions allowedMentions) {}

    private record Mentions(List<String> parse) {}

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        return transport
                .post(url, new Body(MessageText.of(messages).whole(TEXT), new Mentions(List.of())), deadline)
                .outcome();
    }

    @Override
    public String target() {
        return Redacted.url(url);
    }

    @Override
    public String toString() {
        return "discord " + target();
    }
}

package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import id.detak.notify.Message;
import id.detak.notify.Severity;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A topic of an ntfy server.
 *
 * @param url server and topic, such as {@code https://ntfy.sh/my-topic}; the server may be below a path
 * @param token or null
 */
@ChannelKind("ntfy")
public record Ntfy(
        @FormField(label = "urlNtfy") @JsonDeserialize(using = SettingsJson.Url.class)
        URI url,

        @FormField(label = "tokenNtfy", secret = true, optional = true)
        String token)
        implements ChannelSettings {

    /** ntfy turns longer messages into attachments. It counts bytes. */
    static final TextTarget TEXT = new TextTarget(4096) {
        @Override
        int size(String text) {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }
    };

    public Ntfy {
        SettingChecks.webUrl(url);
        String path = url.getRawPath();
        if (url.getRawQuery() != null
                || url.getRawFragment() != null
                || !path.substring(path.lastIndexOf('/') + 1).matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException(
                    "The url has no topic at its end: give server and topic, such as https://ntfy.example.org/my-topic.");
        }
        SettingChecks.headerValue("token", token);
    }

    private record Body(
            String topic,
            String title,
            String message,
            int priority,
            List<String> tags,
            @JsonInclude(JsonInclude.Include.NON_NULL) String click) {}

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        MessageText text = MessageText.of(messages);
        Severity loudest = MessageText.loudest(messages);
        String click = PlainText.line(messages.get(0).url());
        Body body = new Body(
                topic(),
                text.title(),
                text.body(TEXT),
                loudest == null ? 3 : priority(loudest),
                List.of(loudest == null ? "white_check_mark" : tag(loudest)),
                click.isEmpty() ? null : click);
        return transport
                .post(server(), token == null ? Map.of() : Map.of("Authorization", "Bearer " + token), body, deadline)
                .outcome();
    }

    private String topic() {
        return url.getRawPath().substring(url.getRawPath().lastIndexOf('/') + 1);
    }

    /** Where ntfy accepts messages as JSON. */
    private URI server() {
        return URI.create(WebUrls.origin(url)
                + url.getRawPath().substring(0, url.getRawPath().lastIndexOf('/') + 1));
    }

    private static int priority(Severity severity) {
        return switch (severity) {
            case INFO -> 3;
            case WARNING -> 4;
            case CRITICAL -> 5;
        };
    }

    private static String tag(Severity severity) {
        return switch (severity) {
            case INFO -> "information_source";
            case WARNING -> "warning";
            case CRITICAL -> "rotating_light";
        };
    }

    @Override
    public SecretDestination secretDestination() {
        return token == null ? null : new SecretDestination("token", url.getHost(), WebUrls.origin(url));
    }

    @Override
    public String target() {
        return Redacted.url(url);
    }

    @Override
    public String toString() {
        return "ntfy " + target();
    }
}

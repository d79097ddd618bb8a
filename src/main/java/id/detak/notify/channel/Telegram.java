package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/** A chat that a Telegram bot writes to. */
@ChannelKind("telegram")
public record Telegram(
        @FormField(label = "tokenBot", secret = true) String token,
        @FormField(label = "chatId") String chatId) implements ChannelSettings {

    static final TextTarget TEXT = new TextTarget(4096);

    private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

    public Telegram {
        if (token == null || !token.matches("[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")) {
            throw new IllegalArgumentException(
                    "The token is not a Telegram bot token: give the one that BotFather showed, such as 123456:ABC-DEF.");
        }
        if (chatId == null || !chatId.matches("-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}")) {
            throw new IllegalArgumentException(
                    "The chatId is not a Telegram chat: give a number, or the @name of a channel.");
        }
    }

    private record Body(
            @JsonProperty("chat_id") String chatId,
            String text,
            @JsonProperty("link_preview_options") LinkPreview linkPreview) {}

    private record LinkPreview(@JsonProperty("is_disabled") boolean isDisabled) {}

    @Override
    public int fitting(List<Message> messages) {
        return MessageText.fitting(messages, TEXT);
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        URI url = URI.create(transport.telegramUrl() + "/bot" + token + "/sendMessage");
        HttpResult result = transport.post(
                url, new Body(chatId, MessageText.of(messages).whole(TEXT), new LinkPreview(true)), deadline);
        return result.retryAfter() == null && result.status() == 429
                ? result.outcome(retryAfter(result.body()))
                : result.outcome();
    }

    /** Telegram says it in the body: {@code {"ok":false,"parameters":{"retry_after":5}}}. */
    static Duration retryAfter(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            JsonNode seconds = root == null ? null : root.path("parameters").path("retry_after");
            return seconds != null && seconds.isIntegralNumber() && seconds.canConvertToLong()
                    ? RetryAfter.ofSeconds(seconds.longValue())
                    : null;
        } catch (IOException e) {
            return null; // a proxy's answer, or cut off
        }
    }

    @Override
    public String target() {
        return "chat …" + chatId.substring(chatId.length() - Math.min(chatId.length() > 6 ? 4 : 2, chatId.length()));
    }

    @Override
    public String toString() {
        return "telegram " + target();
    }
}

package id.detak.notify.channel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import id.detak.notify.Message;
import id.detak.notify.MessageEvent;
import id.detak.notify.Severity;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is posted to each kind of channel that HTTP leads to. */
final class HttpRequests {
    private final ObjectWriter json;
    private final Clock clock;
    private final String telegramUrl;

    HttpRequests(ObjectMapper json, Clock clock, String telegramUrl) {
        this.json = json.writer().with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
                .without(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE, SerializationFeature.INDENT_OUTPUT);
        this.clock = clock;
        this.telegramUrl = telegramUrl.endsWith("/") ? telegramUrl.substring(0, telegramUrl.length() - 1) : telegramUrl;
        SettingChecks.webUrl(URI.create(this.telegramUrl));
    }

    /** Where its text stands. */
    static TextTarget place(ChannelSettings settings) {
        return settings instanceof ChannelSettings.Slack ? TextTarget.SLACK : settings instanceof ChannelSettings.Discord ? TextTarget.DISCORD
                : settings instanceof ChannelSettings.Ntfy ? TextTarget.NTFY : settings instanceof ChannelSettings.Telegram ? TextTarget.TELEGRAM : TextTarget.MAIL;
    }

    HttpRequest of(ChannelSettings settings, List<Message> messages) {
        if (settings instanceof ChannelSettings.Webhook webhook) {
            return webhook(webhook, messages.get(0));
        }
        MessageText text = MessageText.of(messages);
        if (settings instanceof ChannelSettings.Slack slack) {
            return request(slack.url(), headers(), fields("text", text.whole(TextTarget.SLACK), "mrkdwn", false));
        }
        if (settings instanceof ChannelSettings.Discord discord) {
            return request(discord.url(), headers(), fields("content", text.whole(TextTarget.DISCORD), "allowed_mentions", Map.of("parse", List.of())));
        }
        if (settings instanceof ChannelSettings.Ntfy ntfy) {
            return ntfy(ntfy, messages, text);
        }
        if (settings instanceof ChannelSettings.Telegram telegram) {
            return request(URI.create(telegramUrl + "/bot" + telegram.token() + "/sendMessage"), headers(),
                    fields("chat_id", telegram.chatId(), "text", text.whole(TextTarget.TELEGRAM), "link_preview_options", Map.of("is_disabled", true)));
        }
        throw new IllegalArgumentException("not by HTTP: " + settings);
    }

    private HttpRequest webhook(ChannelSettings.Webhook webhook, Message message) {
        byte[] body = bytes(message);
        String id = message.key().toString();
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        Map<String, String> headers = headers();
        headers.put("Idempotency-Key", id);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        if (webhook.secret() != null) {
            headers.put("webhook-signature", WebhookSignature.of(webhook.secret(), id, timestamp, body));
        }
        return new HttpRequest(webhook.url(), headers, body);
    }

    private HttpRequest ntfy(ChannelSettings.Ntfy ntfy, List<Message> messages, MessageText text) {
        Severity loudest = messages.stream().filter(HttpRequests::rings).map(Message::severity).max(Severity::compareTo).orElse(null);
        Map<String, Object> fields = fields("topic", ntfy.topic(), "title", text.title(), "message", text.body(TextTarget.NTFY));
        fields.put("priority", loudest == null ? 3 : priority(loudest));
        fields.put("tags", List.of(loudest == null ? "white_check_mark" : tag(loudest)));
        String click = PlainText.line(messages.get(0).url());
        if (!click.isEmpty()) {
            fields.put("click", click);
        }
        Map<String, String> headers = headers();
        if (ntfy.token() != null) {
            headers.put("Authorization", "Bearer " + ntfy.token());
        }
        return request(ntfy.server(), headers, fields);
    }

    private static boolean rings(Message message) {
        return message.event() == MessageEvent.FIRING || message.event() == MessageEvent.REMINDER;
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

    private HttpRequest request(URI url, Map<String, String> headers, Map<String, Object> fields) {
        return new HttpRequest(url, headers, bytes(fields));
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Detak");
        return headers;
    }

    private static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }

    private byte[] bytes(Object value) {
        try {
            return json.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

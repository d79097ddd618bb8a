package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.platform.net.WebUrls;
import java.net.URI;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person gives for a channel, by its kind. Constructors refuse what cannot be with an {@link IllegalArgumentException}
 * whose message is one sentence that says what to do. There are secrets in it, so it shows itself by its {@link #target()}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = ChannelSettings.Webhook.class, name = "webhook"),
        @JsonSubTypes.Type(value = ChannelSettings.Slack.class, name = "slack"),
        @JsonSubTypes.Type(value = ChannelSettings.Discord.class, name = "discord"),
        @JsonSubTypes.Type(value = ChannelSettings.Ntfy.class, name = "ntfy"),
        @JsonSubTypes.Type(value = ChannelSettings.Telegram.class, name = "telegram"),
        @JsonSubTypes.Type(value = ChannelSettings.Email.class, name = "email")})
public sealed interface ChannelSettings {

    /** Where it leads, as far as anybody may know it. */
    String target();

    /** Whether several messages may go out as one. */
    default boolean readByPeople() {
        return true;
    }

    /** From what a person wrote. */
    static ChannelSettings of(JsonNode json) {
        return SettingsJson.read(json);
    }

    /**
     * For a change: what is left out stays as it was (secrets are never shown, so nobody can give them back), and null takes
     * away. A secret that was left out does not go along to another host.
     */
    static ChannelSettings merged(JsonNode update, ChannelSettings old) {
        return SettingsJson.merged(update, old);
    }

    /** All of it, secrets too: to be sealed. */
    default ObjectNode toJson() {
        return SettingsJson.write(this);
    }

    /** @param secret by which each message is signed, or null */
    record Webhook(@JsonDeserialize(using = SettingsJson.Url.class) URI url, String secret) implements ChannelSettings {
        public Webhook {
            SettingChecks.webUrl(url);
            WebhookSignature.check(secret);
        }

        @Override
        public String target() {
            return Redacted.url(url);
        }

        @Override
        public boolean readByPeople() {
            return false;
        }

        @Override
        public String toString() {
            return "webhook " + target();
        }
    }

    record Slack(@JsonDeserialize(using = SettingsJson.Url.class) URI url) implements ChannelSettings {
        public Slack {
            SettingChecks.webUrl(url);
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

    record Discord(@JsonDeserialize(using = SettingsJson.Url.class) URI url) implements ChannelSettings {
        public Discord {
            SettingChecks.webUrl(url);
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

    /**
     * @param url of server and topic, {@code https://ntfy.sh/my-topic}; the server may lie under a path
     * @param token or null
     */
    record Ntfy(@JsonDeserialize(using = SettingsJson.Url.class) URI url, String token) implements ChannelSettings {
        public Ntfy {
            SettingChecks.webUrl(url);
            String path = url.getRawPath();
            if (url.getRawQuery() != null || url.getRawFragment() != null || !path.substring(path.lastIndexOf('/') + 1).matches("[A-Za-z0-9_-]{1,64}")) {
                throw new IllegalArgumentException("The url has no topic at its end: give server and topic, such as https://ntfy.example.org/my-topic.");
            }
            SettingChecks.headerValue("token", token);
        }

        String topic() {
            return url.getRawPath().substring(url.getRawPath().lastIndexOf('/') + 1);
        }

        /** Where messages are published as JSON. */
        URI server() {
            return URI.create(WebUrls.origin(url) + url.getRawPath().substring(0, url.getRawPath().lastIndexOf('/') + 1));
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

    record Telegram(String token, String chatId) implements ChannelSettings {
        public Telegram {
            if (token == null || !token.matches("[0-9]{1,20}:[A-Za-z0-9_-]{1,100}")) {
                throw new IllegalArgumentException("The token is none of Telegram's: give the one that BotFather showed, such as 123456:ABC-DEF.");
            }
            if (chatId == null || !chatId.matches("-?[0-9]{1,20}|@[A-Za-z0-9_]{1,64}")) {
                throw new IllegalArgumentException("The chatId is none of Telegram's: give a number, or the @name of a channel.");
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

    /**
     * @param port null for the usual one
     * @param security STARTTLS where it is left out
     * @param username null, as the password, where the server wants none
     */
    record Email(@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<String> to, String from, String host, Integer port, MailSecurity security,
            String username, String password) implements ChannelSettings {
        private static final int MOST_RECIPIENTS = 50;

        public Email {
            if (to == null || to.isEmpty() || to.size() > MOST_RECIPIENTS) {
                throw new IllegalArgumentException("The mail has no recipients, or too many: give 1 to " + MOST_RECIPIENTS + " addresses in to.");
            }
            to.forEach(address -> SettingChecks.mailAddress("to", address));
            SettingChecks.mailAddress("from", from);
            SettingChecks.host(host);
            if (port != null && (port < 1 || port > 65_535)) {
                throw new IllegalArgumentException("The port does not exist: give a number from 1 to 65535, or leave it out.");
            }
            if ((username == null) != (password == null)) {
                throw new IllegalArgumentException("Only one of username and password is there: give both, or none.");
            }
            SettingChecks.singleLine("username", username);
            SettingChecks.singleLine("password", password);
            to = List.copyOf(to);
            security = security == null ? MailSecurity.STARTTLS : security;
        }

        int smtpPort() {
            return port == null ? security.usualPort : port;
        }

        @Override
        public String target() {
            return to.stream().map(Redacted::mailAddress).collect(Collectors.joining(", "));
        }

        @Override
        public String toString() {
            return "email " + target();
        }
    }
}

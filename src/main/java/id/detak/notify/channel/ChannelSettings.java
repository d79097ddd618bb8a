package id.detak.notify.channel;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import java.util.List;

/**
 * The settings of a channel, and how messages are sent with them. Each kind of channel is one record in a file of its
 * own; a new kind is added to {@code permits}, and everything else is read from its record. Constructors reject invalid
 * settings with an {@link IllegalArgumentException} whose message is one sentence that says what to do.
 *
 * <p>Settings contain secrets, so {@code toString} returns only the type and the {@link #target()}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface ChannelSettings permits Email, Telegram, Slack, Discord, Ntfy, Webhook, PushDevice {

    default ChannelType type() {
        return ChannelType.of(this);
    }

    /** The destination without credentials. */
    String target();

    /** How many of these messages fit into the next one, at least one. */
    int fitting(List<Message> messages);

    /**
     * Sends the messages as one.
     *
     * @throws SendException if the receiver, or the way there, does not let them through
     */
    SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException;

    /** The secret that is sent along, or null. */
    default SecretDestination secretDestination() {
        return null;
    }

    /**
     * Where a secret is sent. A change that leaves the secret out must not send it elsewhere.
     *
     * @param field name of the setting that is the secret
     * @param endpoint port and protocol
     */
    record SecretDestination(String field, String host, String endpoint) {}

    /** Reads settings from a request or from the database. */
    static ChannelSettings of(JsonNode json) {
        return SettingsJson.read(json);
    }

    /**
     * Applies an update: a field that is left out stays as it was (secrets are never shown, so a client cannot send
     * them back), and null removes it. A secret that is left out is not sent to another host.
     */
    static ChannelSettings merged(JsonNode update, ChannelSettings old) {
        return SettingsJson.merged(update, old);
    }

    /** All settings including secrets, to be encrypted. */
    default ObjectNode toJson() {
        return SettingsJson.write(this);
    }
}

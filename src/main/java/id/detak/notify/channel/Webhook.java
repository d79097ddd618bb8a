package id.detak.notify.channel;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import id.detak.notify.Message;
import id.detak.platform.net.Deadline;
import id.detak.platform.net.WebUrls;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A program that gets each message as JSON, signed as in <a href="https://www.standardwebhooks.com">Standard
 * Webhooks</a>.
 *
 * @param secret key of the signature, or null
 */
@ChannelKind(value = "webhook", readByPeople = false)
public record Webhook(
        @FormField(label = "urlWeb") @JsonDeserialize(using = SettingsJson.Url.class)
        URI url,

        @FormField(label = "secretSign", secret = true, optional = true)
        String secret)
        implements ChannelSettings {

    private static final String ENCODED = "whsec_";

    public Webhook {
        SettingChecks.webUrl(url);
        SettingChecks.singleLine("secret", secret);
        if (secret != null && key(secret).length == 0) {
            throw new IllegalArgumentException(
                    "The secret has nothing after " + ENCODED + ": give base64 there, or leave it out.");
        }
    }

    @Override
    public int fitting(List<Message> messages) {
        return 1;
    }

    @Override
    public SendResult send(List<Message> messages, Transport transport, Deadline deadline) throws SendException {
        if (messages.size() != 1) {
            throw new IllegalArgumentException(messages.size() + " messages for " + this);
        }
        Message message = messages.get(0);
        byte[] body = transport.json(message);
        String id = message.key().toString();
        String timestamp = Long.toString(transport.now().getEpochSecond());
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Idempotency-Key", id);
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        if (secret != null) {
            headers.put("webhook-signature", signature(secret, id, timestamp, body));
        }
        return transport.postBytes(url, headers, body, deadline).outcome();
    }

    /** The value of {@code webhook-signature}. The signed text is {@code id.timestamp.body}. */
    static String signature(String secret, String id, String timestamp, byte[] body) {
        ByteArrayOutputStream signed = new ByteArrayOutputStream();
        signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key(secret), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] key(String secret) {
        if (!secret.startsWith(ENCODED)) {
            return secret.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(secret.substring(ENCODED.length()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The secret is not base64 after " + ENCODED
                    + ": give it as it was made, or without " + ENCODED + ".");
        }
    }

    @Override
    public SecretDestination secretDestination() {
        return secret == null ? null : new SecretDestination("secret", url.getHost(), WebUrls.origin(url));
    }

    @Override
    public String target() {
        return Redacted.url(url);
    }

    @Override
    public String toString() {
        return "webhook " + target();
    }
}

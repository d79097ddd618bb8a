package id.detak.notify.channel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** By which a receiver knows that a message came from here, as <a href="https://www.standardwebhooks.com">Standard Webhooks</a> has it. */
final class WebhookSignature {
    private static final String ENCODED = "whsec_";

    private WebhookSignature() {
    }

    static void check(String secret) {
        SettingChecks.singleLine("secret", secret);
        if (secret != null && key(secret).length == 0) {
            throw new IllegalArgumentException("The secret has nothing after " + ENCODED + ": give base64 there, or leave it out.");
        }
    }

    /** The value of {@code webhook-signature}: what is signed is {@code id.timestamp.body}. */
    static String of(String secret, String id, String timestamp, byte[] body) {
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
            throw new IllegalArgumentException("The secret is not base64 after " + ENCODED + ": give it as it was made, or without " + ENCODED + ".");
        }
    }
}

package id.detak.access;

import id.detak.platform.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Recognizes the admin token without storing it. A random token is stored as SHA-256, because it cannot be guessed. A
 * token that a person chose is stored as PBKDF2 with salt.
 *
 * @param stored {@code sha256:<hex>}, or {@code pbkdf2:<iterations>:<salt>:<hash>} in base64
 */
record TokenVerifier(String stored) {

    private static final int ITERATIONS = 210_000;
    private static final int BITS = 256;

    static TokenVerifier of(String token) {
        return RandomTokens.isRandom(token) ? ofRandom(token) : ofChosen(token);
    }

    static TokenVerifier ofRandom(String token) {
        return new TokenVerifier("sha256:" + Sha256.hex(token));
    }

    private static TokenVerifier ofChosen(String token) {
        byte[] salt = new byte[16];
        new SecureRandom().nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return new TokenVerifier("pbkdf2:" + ITERATIONS + ":" + base64.encodeToString(salt) + ":"
                + base64.encodeToString(pbkdf2(token, salt, ITERATIONS)));
    }

    /** Whether it takes about a tenth of a second to check a token. */
    boolean isSlow() {
        return stored.startsWith("pbkdf2:");
    }

    /** Compares in constant time. */
    boolean accepts(String token) {
        String[] parts = stored.split(":");
        if (isSlow()) {
            Base64.Decoder base64 = Base64.getDecoder();
            return MessageDigest.isEqual(
                    pbkdf2(token, base64.decode(parts[2]), Integer.parseInt(parts[1])), base64.decode(parts[3]));
        }
        return MessageDigest.isEqual(
                ofRandom(token).stored.getBytes(StandardCharsets.US_ASCII), stored.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] pbkdf2(String token, byte[] salt, int iterations) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(token.toCharArray(), salt, iterations, BITS))
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

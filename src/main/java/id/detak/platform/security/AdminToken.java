package id.detak.platform.security;

import id.detak.platform.StoredSettings;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The token that writing needs: {@code DETAK_ADMIN_TOKEN}, else one made at the first start, shown once in the log and kept
 * as a hash. A plain SHA-256 is enough for it, since it is random and of 256 bits: there is nothing to guess.
 */
@ApplicationScoped
public class AdminToken {

    static final String KEY = "admin-token-sha256";

    private final Optional<String> configured;
    private final StoredSettings settings;

    AdminToken(@ConfigProperty(name = "detak.admin-token") Optional<String> configured, StoredSettings settings) {
        this.configured = configured.filter(token -> !token.isBlank());
        this.settings = settings;
    }

    /** Makes the token where there is none. Of several processes that start at once, one makes and shows it. */
    public void ensure() {
        if (configured.isPresent() || settings.get(KEY).isPresent()) {
            return;
        }
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        if (settings.putIfAbsent(KEY, hash(token))) {
            Log.infof("The admin's token, shown only this once: %s (writing needs it as 'Authorization: Bearer …'; DETAK_ADMIN_TOKEN sets one of your own)", token);
        }
    }

    /** Compares in constant time. */
    boolean matches(String token) {
        String expected = configured.map(AdminToken::hash).or(() -> settings.get(KEY)).orElse("");
        return MessageDigest.isEqual(hash(token).getBytes(StandardCharsets.US_ASCII), expected.getBytes(StandardCharsets.US_ASCII));
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

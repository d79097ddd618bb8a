package id.detak.platform.security;

import id.detak.platform.BadSettingException;
import id.detak.platform.DurableFiles;
import id.detak.platform.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The vault's key, derived (HKDF, RFC 5869) from {@code DETAK_SECRET_KEY}, or from the file {@code secret-key} in the
 * data folder, which is created when a secret is first encrypted.
 */
final class VaultKey {
    private static final int SHORTEST = 16;

    private final Optional<String> configured;
    private final Path file;
    private volatile SecretKeySpec drawn;

    VaultKey(Optional<String> configured, Path folder) {
        this.configured = configured.filter(text -> !text.isBlank());
        this.file = folder.resolve("secret-key");
        if (this.configured.filter(text -> text.length() < SHORTEST).isPresent()) {
            throw new BadSettingException(
                    "DETAK_SECRET_KEY is too short: give a text of " + SHORTEST + " random characters or more.");
        }
    }

    SecretKeySpec getOrCreate() {
        return existing().orElseGet(() -> {
            make();
            return existing().orElseThrow(() -> new IllegalStateException("The file secret-key vanished."));
        });
    }

    Optional<SecretKeySpec> existing() {
        if (drawn == null) {
            configured.or(this::stored).ifPresent(text -> drawn = draw(text));
        }
        return Optional.ofNullable(drawn);
    }

    private Optional<String> stored() {
        try {
            String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
            if (text.length() < SHORTEST) {
                throw new UserException("The file secret-key in the data folder is damaged: restore it from a backup.");
            }
            return Optional.of(text);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unusable();
        }
    }

    private void make() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        try {
            Files.createDirectories(file.getParent(), DurableFiles.permissions("rwx------"));
            DurableFiles.writeIfAbsent(
                    file, (Base64.getEncoder().encodeToString(random) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw unusable();
        }
    }

    private UserException unusable() {
        return new UserException("The file " + file
                + " cannot be used: make it readable and writable for this user, or set DETAK_SECRET_KEY.");
    }

    /** Another key derived from the same text, so that it reveals nothing about the first. */
    Optional<String> id() {
        return configured.or(this::stored).map(text -> HexFormat.of().formatHex(derive(text, "id\u0001"), 0, 8));
    }

    private static SecretKeySpec draw(String text) {
        return new SecretKeySpec(derive(text, "vault\u0001"), "AES");
    }

    private static byte[] derive(String text, String purpose) {
        try {
            byte[] extracted = hmac("detak".getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
            return hmac(extracted, purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }
}

package id.detak.platform.security;

import id.detak.platform.DataFolder;
import id.detak.platform.PlatformConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts secrets in the database with AES-256-GCM, so that the database alone does not reveal them. Each ciphertext
 * is bound to its row and cannot be decrypted in another one.
 */
@ApplicationScoped
public class Vault {
    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final VaultKey key;
    private final SecureRandom random = new SecureRandom();

    @Inject
    Vault(PlatformConfig config, DataFolder folder) {
        this(config.secretKey(), folder);
    }

    public Vault(Optional<String> configured, DataFolder folder) {
        this.key = new VaultKey(configured, folder.path());
    }

    /** Identifies the key without revealing it; empty if there is none yet. */
    public Optional<String> keyId() {
        return key.id();
    }

    /** @param boundTo its context, such as a row's id; the same is required for decryption */
    public byte[] seal(byte[] plain, String boundTo) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key.getOrCreate(), nonce, boundTo)
                    .doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE + sealed.length)
                    .put(VERSION)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws WrongKeyException if key or context differ, or the ciphertext was changed */
    public byte[] open(byte[] sealed, String boundTo) {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != VERSION) {
            throw new IllegalArgumentException("This was not encrypted by this version of Detak.");
        }
        byte[] nonce = new byte[NONCE];
        System.arraycopy(sealed, 1, nonce, 0, NONCE);
        try {
            return cipher(Cipher.DECRYPT_MODE, key.existing().orElseThrow(WrongKeyException::new), nonce, boundTo)
                    .doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
        } catch (AEADBadTagException e) {
            throw new WrongKeyException();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String boundTo)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(boundTo.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

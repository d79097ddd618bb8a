package id.detak.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Implements the browser's side of a subscription by the RFCs, without the library that Detak uses. */
public final class PushSubscriber {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Base64.Encoder TO_TEXT = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder OF_TEXT = Base64.getUrlDecoder();
    private static final Pattern AUTHORIZATION =
            Pattern.compile("vapid t=([\\w-]+\\.[\\w-]+)\\.([\\w-]+), ?k=([\\w-]+)");

    private final PrivateKey privateKey;
    private final byte[] publicKey;
    private final byte[] auth;

    private PushSubscriber(PrivateKey privateKey, byte[] publicKey, byte[] auth) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
        this.auth = auth;
    }

    public static PushSubscriber create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var keys = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) keys.getPublic()).getW();
            byte[] publicKey = ByteBuffer.allocate(65)
                    .put((byte) 4)
                    .put(fixed(point.getAffineX()))
                    .put(fixed(point.getAffineY()))
                    .array();
            byte[] auth = new byte[16];
            new SecureRandom().nextBytes(auth);
            return new PushSubscriber(keys.getPrivate(), publicKey, auth);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The receiver of an example, all in base64url. */
    public static PushSubscriber of(String privateKey, String publicKey, String auth) {
        try {
            return new PushSubscriber(
                    KeyFactory.getInstance("EC")
                            .generatePrivate(
                                    new ECPrivateKeySpec(new BigInteger(1, OF_TEXT.decode(privateKey)), p256())),
                    OF_TEXT.decode(publicKey),
                    OF_TEXT.decode(auth));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] fixed(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        byte[] all = new byte[32];
        int length = Math.min(32, bytes.length);
        System.arraycopy(bytes, bytes.length - length, all, 32 - length, length);
        return all;
    }

    /** The JSON of PushManager.subscribe(). */
    public Map<String, Object> subscription(String endpoint) {
        return Map.of(
                "endpoint",
                endpoint,
                "keys",
                Map.of("p256dh", TO_TEXT.encodeToString(publicKey), "auth", TO_TEXT.encodeToString(auth)));
    }

    /** Decrypts the body of a push (RFC 8291 over RFC 8188), which must be one record. */
    public String decrypt(byte[] body) {
        ByteBuffer in = ByteBuffer.wrap(body);
        byte[] salt = read(in, 16);
        int recordSize = in.getInt();
        byte[] sender = read(in, in.get());
        byte[] record = read(in, in.remaining());
        if (record.length > recordSize) {
            throw new AssertionError("more than one record: " + record.length + " of " + recordSize);
        }
        try {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(privateKey);
            agreement.doPhase(publicKey(sender), true);
            byte[] secret = hkdf(
                    auth,
                    agreement.generateSecret(),
                    join("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), publicKey, sender),
                    32);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(hkdf(salt, secret, info("aes128gcm"), 16), "AES"),
                    new GCMParameterSpec(128, hkdf(salt, secret, info("nonce"), 12)));
            byte[] padded = cipher.doFinal(record);
            int end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            if (padded[end] != 2) {
                throw new AssertionError("The delimiter of the last record is missing.");
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Checks the signature (RFC 8292) and returns the claims.
     *
     * @param key that the browser subscribed with
     */
    public static JsonNode claims(String authorization, String key) {
        Matcher parts = AUTHORIZATION.matcher(authorization);
        if (!parts.matches() || !parts.group(3).equals(key)) {
            throw new AssertionError(authorization + " is not of " + key);
        }
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initVerify(publicKey(OF_TEXT.decode(key)));
            signature.update(parts.group(1).getBytes(StandardCharsets.US_ASCII));
            if (!signature.verify(OF_TEXT.decode(parts.group(2)))) {
                throw new AssertionError("The signature is wrong.");
            }
            String[] token = parts.group(1).split("\\.");
            JsonNode header = JSON.readTree(OF_TEXT.decode(token[0]));
            if (!header.path("alg").asText().equals("ES256")) {
                throw new AssertionError(header);
            }
            return JSON.readTree(OF_TEXT.decode(token[1]));
        } catch (GeneralSecurityException | IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ECParameterSpec p256() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static PublicKey publicKey(byte[] point) throws GeneralSecurityException {
        ECPoint w = new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)),
                new BigInteger(1, Arrays.copyOfRange(point, 33, 65)));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(w, p256()));
    }

    private static byte[] info(String name) {
        return ("Content-Encoding: " + name + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hkdf(byte[] salt, byte[] secret, byte[] info, int length) throws GeneralSecurityException {
        return Arrays.copyOf(hmac(hmac(salt, secret), join(info, new byte[] {1})), length);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] read(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}

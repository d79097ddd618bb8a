package id.detak.notify.channel;

import com.interaso.webpush.VapidKeys;
import com.interaso.webpush.WebPush;
import id.detak.database.StoredSettings;
import id.detak.platform.PublicUrl;
import id.detak.platform.security.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * The keys by which push services recognize this Detak (VAPID, RFC 8292). They are created at first use and stored
 * encrypted. Devices subscribe with the public key, so other keys would end all subscriptions.
 */
@ApplicationScoped
public class PushKeys {

    private static final String SETTING = "push-keys";

    private final StoredSettings settings;
    private final Vault vault;
    private final String contact;
    private volatile WebPush push;

    PushKeys(StoredSettings settings, Vault vault, PublicUrl publicUrl) {
        this.settings = settings;
        this.vault = vault;
        this.contact = contact(publicUrl);
    }

    /** Whom a push service can contact; RFC 8292 allows {@code https:} and {@code mailto:}. */
    private static String contact(PublicUrl publicUrl) {
        return publicUrl.of("/").replaceFirst("^http:", "https:");
    }

    /** The public key as a browser takes it to subscribe: an uncompressed point in base64url. */
    public String publicKey() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(push().getVapidKeys().getApplicationServerKey());
    }

    /**
     * Encrypts messages and signs requests with the keys.
     *
     * @throws id.detak.platform.security.WrongKeyException if the keys were encrypted with another key
     */
    WebPush push() {
        if (push == null) {
            push = new WebPush(contact, settings.get(SETTING).map(this::opened).orElseGet(this::created));
        }
        return push;
    }

    /** Of several processes that create keys at once, all take those of the first. */
    private VapidKeys created() {
        VapidKeys keys = VapidKeys.generate();
        String text = keys.getX509PublicKey() + " " + keys.getPkcs8PrivateKey();
        byte[] sealed = vault.seal(text.getBytes(StandardCharsets.US_ASCII), SETTING);
        settings.putIfAbsent(SETTING, Base64.getEncoder().encodeToString(sealed));
        return settings.get(SETTING).map(this::opened).orElseThrow();
    }

    private VapidKeys opened(String stored) {
        byte[] text = vault.open(Base64.getDecoder().decode(stored), SETTING);
        String[] keys = new String(text, StandardCharsets.US_ASCII).split(" ");
        return VapidKeys.create(keys[0], keys[1]);
    }
}

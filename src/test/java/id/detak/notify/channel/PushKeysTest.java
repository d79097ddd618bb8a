package id.detak.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.database.StoredSettings;
import id.detak.platform.DataFolder;
import id.detak.platform.PublicUrl;
import id.detak.platform.security.Vault;
import id.detak.platform.security.WrongKeyException;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** All processes on a database have the same keys, of which only the vault's key opens the private one. */
@QuarkusTest
class PushKeysTest {

    @Inject
    StoredSettings settings;

    @Inject
    PublicUrl publicUrl;

    @Inject
    Vault vault;

    /** As before the first use. The application goes on with the keys that it has read. */
    @BeforeEach
    void forget() {
        QuarkusTransaction.requiringNew().run(() -> settings.deleteById("push-keys"));
    }

    @Test
    void processesThatStartAtOnceShareTheKeys() {
        List<String> keys = Stream.generate(this::process)
                .limit(4)
                .parallel()
                .map(PushKeys::publicKey)
                .distinct()
                .toList();
        assertThat(keys).hasSize(1);
        assertThat(process().publicKey()).isEqualTo(keys.get(0));
        assertThat(Base64.getUrlDecoder().decode(keys.get(0))).hasSize(65).startsWith(4);
    }

    @Test
    void thePrivateKeyIsStoredEncrypted() {
        String privateKey = process().push().getVapidKeys().getPkcs8PrivateKey();
        String stored = settings.get("push-keys").orElseThrow();
        assertThat(new String(Base64.getDecoder().decode(stored), StandardCharsets.ISO_8859_1))
                .doesNotContain(privateKey.substring(60));
        Vault other = new Vault(Optional.of("another key of a vault"), new DataFolder(Path.of("target")));
        PushKeys closed = new PushKeys(settings, other, publicUrl);
        assertThatThrownBy(closed::publicKey).isInstanceOf(WrongKeyException.class);
        assertThat(settings.get("push-keys")).as("never replaced").hasValue(stored);
    }

    private PushKeys process() {
        return new PushKeys(settings, vault, publicUrl);
    }
}

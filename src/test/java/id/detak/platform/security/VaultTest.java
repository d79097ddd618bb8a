package id.detak.platform.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.platform.BadSettingException;
import id.detak.platform.DataFolder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
    private static final byte[] SECRET = "canary-7f3a".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path temporary;

    @Test
    void secretsAreDecryptedInAnotherProcess() {
        byte[] sealed = vault("a text of some length").seal(SECRET, "channel-1");
        assertThat(vault("a text of some length").open(sealed, "channel-1")).isEqualTo(SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("canary");
        assertThat(data()).doesNotExist();
    }

    @Test
    void sameSecretHasDifferentCiphertexts() {
        Vault vault = vault("a text of some length");
        Set<List<Byte>> seals = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            Byte[] boxed = new Byte[0];
            byte[] sealed = vault.seal(SECRET, "c");
            boxed = IntStream.range(0, sealed.length).mapToObj(at -> sealed[at]).toArray(Byte[]::new);
            seals.add(Arrays.asList(boxed));
        }
        assertThat(seals).hasSize(100);
    }

    @Test
    void otherContextOtherKeyOrChangePreventDecryption() {
        byte[] sealed = vault("a text of some length").seal(SECRET, "channel-1");
        assertThatThrownBy(() -> vault("a text of some length").open(sealed, "channel-2"))
                .isInstanceOf(WrongKeyException.class);
        assertThatThrownBy(() -> vault("another text of some length").open(sealed, "channel-1"))
                .isInstanceOf(WrongKeyException.class)
                .hasMessage(
                        "A stored secret cannot be decrypted: DETAK_SECRET_KEY (or the file secret-key in the data folder) must be the key that encrypted it, and the same on all replicas.");
        for (int at = 1; at < sealed.length; at++) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertThatThrownBy(() -> vault("a text of some length").open(changed, "channel-1"))
                    .isInstanceOf(WrongKeyException.class);
        }
    }

    @Test
    void damagedCiphertextDiffersFromWrongKey() {
        byte[] sealed = vault("a text of some length").seal(SECRET, "c");
        sealed[0] = 2;
        assertThatThrownBy(() -> vault("a text of some length").open(sealed, "c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault("a text of some length").open(new byte[5], "c"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void firstEncryptionCreatesKeyFileForItsOwnerOnly() throws Exception {
        Vault vault = vault(null);
        assertThat(data()).doesNotExist();
        byte[] sealed = vault.seal(SECRET, "c");
        assertThat(Files.readString(data().resolve("secret-key"))).matches("[A-Za-z0-9+/]{43}=\n");
        assertThat(Files.getPosixFilePermissions(data().resolve("secret-key")))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.list(data())).hasSize(1);
        assertThat(vault(null).open(sealed, "c")).isEqualTo(SECRET);
        Files.delete(data().resolve("secret-key"));
        assertThatThrownBy(() -> vault(null).open(sealed, "c")).isInstanceOf(WrongKeyException.class);
        assertThat(data().resolve("secret-key")).doesNotExist();
    }

    @Test
    void concurrentProcessesAgreeOnOneKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<byte[]>> seals = IntStream.range(0, 8)
                    .<Callable<byte[]>>mapToObj(i -> () -> vault(null).seal(SECRET, "c"))
                    .toList();
            for (Future<byte[]> sealed : threads.invokeAll(seals)) {
                assertThat(vault(null).open(sealed.get(), "c")).isEqualTo(SECRET);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(Files.list(data())).hasSize(1);
    }

    @Test
    void shortKeyIsRefusedAndBlankKeyIsIgnored() {
        assertThatThrownBy(() -> vault("fifteen letters"))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("DETAK_SECRET_KEY")
                .hasMessageNotContaining("fifteen letters");
        assertThat(vault(" ").open(vault("").seal(SECRET, "c"), "c")).isEqualTo(SECRET);
    }

    private Vault vault(String configured) {
        return new Vault(Optional.ofNullable(configured), new DataFolder(data()));
    }

    private Path data() {
        return temporary.resolve("data");
    }
}

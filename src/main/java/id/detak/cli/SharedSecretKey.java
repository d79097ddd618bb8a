package id.detak.cli;

import id.detak.database.Replicas;
import id.detak.database.StoredSettings;
import id.detak.platform.BadSettingException;
import id.detak.platform.security.Vault;
import jakarta.enterprise.context.ApplicationScoped;

/** Refuses a start with another secret key than the running replicas have: each could not read what others encrypt. */
@ApplicationScoped
class SharedSecretKey {

    private static final String KEY = "secret-key-id";

    private final Vault vault;
    private final StoredSettings settings;
    private final Replicas replicas;

    SharedSecretKey(Vault vault, StoredSettings settings, Replicas replicas) {
        this.vault = vault;
        this.settings = settings;
        this.replicas = replicas;
    }

    void check() {
        vault.keyId().ifPresent(own -> {
            boolean differs =
                    settings.get(KEY).filter(stored -> !stored.equals(own)).isPresent();
            if (differs && replicas.othersServe()) {
                throw new BadSettingException(
                        "The key that encrypts secrets differs from that of another running process"
                                + " on this database: set the same DETAK_SECRET_KEY for all of them.");
            }
            settings.put(KEY, own);
        });
    }
}

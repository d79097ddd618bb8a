package id.detak.notify;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.notify.channel.ChannelSettings;
import id.detak.platform.language.Language;
import id.detak.platform.security.Vault;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The channels, with their settings encrypted. */
@ApplicationScoped
public class Channels implements PanacheRepositoryBase<Channel, UUID> {

    private final Vault vault;
    private final ObjectMapper json;

    Channels(Vault vault, ObjectMapper json) {
        this.vault = vault;
        this.json = json;
    }

    /** All channels, the oldest first. */
    @Transactional
    public List<Channel> all() {
        return listAll(Sort.by("createdAt").and("id"));
    }

    @Transactional
    public Optional<Channel> find(UUID id) {
        return findByIdOptional(id);
    }

    @Transactional
    Channel create(String name, boolean enabled, boolean sources, Language language, ChannelSettings settings) {
        Channel channel = new Channel(UUID.randomUUID(), settings.type().name());
        change(channel, name, enabled, sources, language, settings);
        persistAndFlush(channel);
        return channel;
    }

    /** @param channel managed by the transaction, or a new one */
    @Transactional(MANDATORY)
    void change(
            Channel channel,
            String name,
            boolean enabled,
            boolean sources,
            Language language,
            ChannelSettings settings) {
        channel.name = name;
        channel.enabled = enabled;
        channel.sourceMessages = sources;
        channel.language = language;
        channel.target = settings.target();
        channel.sealed = seal(channel.id, settings);
    }

    /**
     * Disables a channel whose receiver no longer exists.
     *
     * @return false if its settings were changed meanwhile
     */
    @Transactional
    boolean disable(Channel gone) {
        return update("enabled = false where id = ?1 and sealed = ?2", gone.id, gone.sealed) == 1;
    }

    /** @throws id.detak.platform.security.WrongKeyException if they were encrypted with another key */
    ChannelSettings settings(Channel channel) {
        try {
            return ChannelSettings.of(json.readTree(vault.open(channel.sealed, channel.id.toString())));
        } catch (IOException e) {
            throw new IllegalStateException("The settings of channel " + channel.id + " cannot be read.", e);
        }
    }

    private byte[] seal(UUID id, ChannelSettings settings) {
        try {
            return vault.seal(json.writeValueAsBytes(settings.toJson()), id.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

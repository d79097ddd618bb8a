package id.detak.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.notify.channel.ChannelSettings;
import id.detak.platform.security.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code channel}. Settings are stored encrypted, all of them: an address can be as secret as a password. */
@ApplicationScoped
public class Channels {

    private final EntityManager em;
    private final Vault vault;
    private final ObjectMapper json;

    Channels(EntityManager em, Vault vault, ObjectMapper json) {
        this.em = em;
        this.vault = vault;
        this.json = json;
    }

    /** @param target what may be shown of where it leads */
    public record Channel(UUID id, String name, String type, String target, boolean enabled, Instant createdAt) {

        boolean isReadByPeople() {
            return !type.equals("webhook");
        }
    }

    @Transactional
    public List<Channel> all() {
        return select("order by created_at, id", Map.of());
    }

    @Transactional
    public Optional<Channel> find(UUID id) {
        return select("where id = :id", Map.of("id", id)).stream().findFirst();
    }

    private List<Channel> select(String condition, Map<String, ?> parameters) {
        var query = em.createNativeQuery("select id, name, type, target, enabled, created_at from channel " + condition, Object[].class);
        parameters.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new Channel((UUID) row[0], (String) row[1], (String) row[2], (String) row[3], (Boolean) row[4], (Instant) row[5])).toList();
    }

    /** @throws id.detak.platform.security.WrongKeyException where they were sealed with another key */
    @Transactional
    public Optional<ChannelSettings> settings(UUID id) {
        List<?> rows = em.createNativeQuery("select sealed from channel where id = :id", byte[].class).setParameter("id", id).getResultList();
        return rows.stream().findFirst().map(sealed -> {
            try {
                return ChannelSettings.of(json.readTree(vault.open((byte[]) sealed, id.toString())));
            } catch (IOException e) {
                throw new IllegalStateException("the settings of a channel cannot be read", e);
            }
        });
    }

    @Transactional
    UUID create(String name, boolean enabled, ChannelSettings settings) {
        UUID id = UUID.randomUUID();
        em.createNativeQuery("insert into channel (id, name, type, target, sealed, enabled) values (:id, :name, :type, :target, :sealed, :enabled)")
                .setParameter("id", id).setParameter("name", name).setParameter("type", settings.toJson().get("type").asText()).setParameter("target", settings.target())
                .setParameter("sealed", sealed(id, settings)).setParameter("enabled", enabled).executeUpdate();
        return id;
    }

    @Transactional
    void change(UUID id, String name, boolean enabled, ChannelSettings settings) {
        em.createNativeQuery("update channel set name = :name, target = :target, sealed = :sealed, enabled = :enabled where id = :id")
                .setParameter("id", id).setParameter("name", name).setParameter("target", settings.target()).setParameter("sealed", sealed(id, settings))
                .setParameter("enabled", enabled).executeUpdate();
    }

    @Transactional
    void delete(UUID id) {
        em.createNativeQuery("delete from channel where id = :id").setParameter("id", id).executeUpdate();
    }

    private byte[] sealed(UUID id, ChannelSettings settings) {
        try {
            return vault.seal(json.writeValueAsBytes(settings.toJson()), id.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

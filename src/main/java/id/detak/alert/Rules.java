package id.detak.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.alert.rule.Rule;
import id.detak.database.TransientFailures;
import id.detak.notify.ChannelUsers;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code rule}. */
@ApplicationScoped
class Rules implements ChannelUsers {

    private final EntityManager em;
    private final ObjectMapper json;

    Rules(EntityManager em, ObjectMapper json) {
        this.em = em;
        this.json = json;
    }

    /** A rule as it is stored. */
    record Stored(UUID id, Rule rule, Instant createdAt) {
    }

    @Transactional
    List<Stored> all() {
        return select("order by created_at, id", Map.of());
    }

    @Transactional
    Optional<Stored> find(UUID id) {
        return select("where id = :id", Map.of("id", id)).stream().findFirst();
    }

    private List<Stored> select(String condition, Map<String, ?> parameters) {
        var query = em.createNativeQuery("select id, definition, created_at from rule " + condition, Object[].class);
        parameters.forEach(query::setParameter);
        List<?> rows = query.getResultList();
        return rows.stream().map(Object[].class::cast).flatMap(row -> stored(row).stream()).toList();
    }

    /** One that cannot be read, of a later version say, keeps neither the others nor the recording from going on. */
    private Optional<Stored> stored(Object[] row) {
        try {
            return Optional.of(new Stored((UUID) row[0], read((String) row[1]), (Instant) row[2]));
        } catch (IllegalStateException e) {
            Log.errorf("The rule %s cannot be read, and is not held against anything: %s", row[0], TransientFailures.rootMessage(e));
            return Optional.empty();
        }
    }

    void insert(UUID id, Rule rule) {
        em.createNativeQuery("insert into rule (id, definition) values (:id, :definition)").setParameter("id", id).setParameter("definition", write(rule)).executeUpdate();
    }

    void update(UUID id, Rule rule) {
        em.createNativeQuery("update rule set definition = :definition, updated_at = now() where id = :id").setParameter("id", id)
                .setParameter("definition", write(rule)).executeUpdate();
    }

    void delete(UUID id) {
        em.createNativeQuery("delete from rule where id = :id").setParameter("id", id).executeUpdate();
    }

    /** Keeps others from changing it until the transaction ends. */
    Optional<Stored> lock(UUID id) {
        return select("where id = :id for update", Map.of("id", id)).stream().findFirst();
    }

    @Override
    public List<String> usersOf(UUID channel) {
        return all().stream().map(Stored::rule).filter(rule -> rule.channels().contains(channel)).map(Rule::name).toList();
    }

    String write(Rule rule) {
        try {
            return json.writeValueAsString(rule);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    Rule read(String definition) {
        try {
            return json.readValue(definition, Rule.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

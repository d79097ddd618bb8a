package id.detak.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What all processes on one database must agree on: a word for each key. */
@ApplicationScoped
public class StoredSettings {

    private final EntityManager em;

    public StoredSettings(EntityManager em) {
        this.em = em;
    }

    @Transactional
    public Optional<String> get(String key) {
        List<?> values = em.createNativeQuery("select value from setting where key = :key").setParameter("key", key).getResultList();
        return values.stream().findFirst().map(String.class::cast);
    }

    @Transactional
    public void put(String key, String value) {
        em.createNativeQuery("insert into setting (key, value) values (:key, :value) on conflict (key) do update set value = excluded.value")
                .setParameter("key", key).setParameter("value", value).executeUpdate();
    }

    /** Sets the value if there is none yet, and says whether it was this call that did: of several processes only one does. */
    @Transactional
    public boolean putIfAbsent(String key, String value) {
        return em.createNativeQuery("insert into setting (key, value) values (:key, :value) on conflict (key) do nothing")
                .setParameter("key", key).setParameter("value", value).executeUpdate() == 1;
    }
}

package id.detak.database;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.Optional;

/** Values that all processes on a database share, by key. */
@ApplicationScoped
public class StoredSettings implements PanacheRepositoryBase<StoredSetting, String> {

    /** Returns a value. Selects the column, not the entity, since {@link #put} bypasses the persistence context. */
    @Transactional
    public Optional<String> get(String key) {
        return find("select text from StoredSetting where name = ?1", key)
                .project(String.class)
                .firstResultOptional();
    }

    @Transactional
    public void put(String key, String value) {
        upsert(key, value, "do update set text = excluded.text");
    }

    /**
     * Stores the value if there is none yet. @return whether this call stored it; true for only one of several
     * processes
     */
    @Transactional
    public boolean putIfAbsent(String key, String value) {
        return upsert(key, value, "do nothing") == 1;
    }

    /** Whether the setting has that value. If so, it is locked against changes until the transaction ends. */
    @Transactional(TxType.MANDATORY)
    public boolean lockIfEqual(String key, String value) {
        return !find("name = ?1 and text = ?2", key, value)
                .withLock(LockModeType.PESSIMISTIC_READ)
                .list()
                .isEmpty();
    }

    private int upsert(String key, String value, String onConflict) {
        return getEntityManager()
                .createQuery(
                        "insert into StoredSetting (name, text) values (:name, :text) on conflict (name) " + onConflict)
                .setParameter("name", key)
                .setParameter("text", value)
                .executeUpdate();
    }
}

package id.detak.capture;

import id.detak.capture.SourceProblem.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.query.NativeQuery;

/** The table {@code source_trouble}: a row for each source that is in trouble. Call within a transaction. */
@ApplicationScoped
public class SourceProblems {

    private final EntityManager em;

    SourceProblems(EntityManager em) {
        this.em = em;
    }

    public Optional<SourceProblem> of(String source) {
        return select(source, "");
    }

    /** Nobody else decides about it until the transaction ends. */
    public Optional<SourceProblem> lock(String source) {
        return select(source, " for update");
    }

    private Optional<SourceProblem> select(String source, String mode) {
        List<?> rows = em.createNativeQuery("select id, source, kind, reason, since, polls, told_at, remind_at from source_trouble where source = :source" + mode, Object[].class)
                .setParameter("source", source).getResultList();
        return rows.stream().findFirst().map(Object[].class::cast).map(row -> new SourceProblem((UUID) row[0], (String) row[1], Kind.of((String) row[2]), (String) row[3], (Instant) row[4],
                ((Number) row[5]).intValue(), (Instant) row[6], (Instant) row[7]));
    }

    public void save(SourceProblem trouble) {
        em.createNativeQuery("""
                insert into source_trouble (source, id, kind, reason, since, polls, told_at, remind_at)
                values (:source, :id, :kind, :reason, :since, :polls, :toldAt, :remindAt)
                on conflict (source) do update set kind = excluded.kind, reason = excluded.reason, polls = excluded.polls, told_at = excluded.told_at, remind_at = excluded.remind_at
                """).unwrap(NativeQuery.class).setParameter("source", trouble.source()).setParameter("id", trouble.id()).setParameter("kind", trouble.kind().word())
                .setParameter("reason", trouble.reason()).setParameter("since", trouble.since()).setParameter("polls", trouble.polls())
                .setParameter("toldAt", trouble.toldAt(), Instant.class).setParameter("remindAt", trouble.remindAt(), Instant.class).executeUpdate();
    }

    public void delete(String source) {
        em.createNativeQuery("delete from source_trouble where source = :source").setParameter("source", source).executeUpdate();
    }
}

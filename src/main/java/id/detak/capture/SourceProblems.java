package id.detak.capture;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The problem of each source that has one, or had one recently. */
@ApplicationScoped
public class SourceProblems implements PanacheRepositoryBase<SourceProblem, String> {

    /** The start of the source's open problem. Loads no entity, so that a later lock reads the newest state. */
    public Optional<Instant> since(String source) {
        return getSession()
                .createSelectionQuery(
                        "select p.since from SourceProblem p where p.source = :source and p.endedAt is null",
                        Instant.class)
                .setParameter("source", source)
                .uniqueResultOptional();
    }

    /** The source's open problem. */
    public Optional<SourceProblem> open(String source) {
        return findByIdOptional(source).filter(SourceProblem::isOpen);
    }

    /** Sources that cannot be read and about which channels were not notified yet. */
    @Transactional
    public List<String> unreported() {
        return getSession()
                .createSelectionQuery("""
                select p.source from SourceProblem p where p.kind = :kind and p.notifiedAt is null and p.endedAt is null
                """, String.class)
                .setParameter("kind", SourceProblem.Kind.UNREACHABLE)
                .getResultList();
    }

    /**
     * The source's problem, also one that has ended; until the transaction ends, no other transaction decides about it,
     * even if there is none yet.
     */
    @Transactional(TxType.MANDATORY)
    public Optional<SourceProblem> lock(String source) {
        getSession()
                .createNativeQuery(
                        "select cast(pg_advisory_xact_lock(hashtextextended(:source, 0)) as text)", String.class)
                .setParameter("source", "source problem " + source)
                .getSingleResult();
        return findByIdOptional(source, LockModeType.PESSIMISTIC_WRITE);
    }
}

package id.detak.capture;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Captures to be read again: those that keep a strip, or a page. Call within a transaction. */
@ApplicationScoped
public class ReparseCandidates {

    private final EntityManager em;
    private final Captures captures;

    ReparseCandidates(EntityManager em, Captures captures) {
        this.em = em;
        this.captures = captures;
    }

    /**
     * A capture without its page.
     *
     * @param strip null where none was found
     * @param pageKept whether its page can be had whole
     */
    public record Readable(UUID id, String source, Instant observedAt, FetchOutcome outcome, String strip, List<String> unknown, boolean pageKept) {
    }

    /**
     * In the order of time.
     *
     * @param source null: all
     * @param from null: from the beginning
     * @param to null: to the end
     * @param after the last of those that came before, or null
     */
    public List<Readable> next(String source, Instant from, Instant to, Readable after, int most) {
        Instant begin = after != null ? after.observedAt : from != null ? from : Instant.EPOCH;
        List<?> rows = em.createNativeQuery("""
                select * from (
                    select c.id, c.source, c.observed_at, c.outcome, c.strip, c.unknown,
                           c.page is not null or exists (select from capture k where k.source = c.source and k.content_hash = c.content_hash and k.page is not null) as page_kept
                    from capture c
                    where (c.observed_at, c.id) > (:begin, cast(:after as uuid)) and (cast(:to as timestamptz) is null or c.observed_at <= cast(:to as timestamptz))
                      and (cast(:source as text) is null or c.source = cast(:source as text))) r
                where strip is not null or page_kept
                order by observed_at, id
                limit :most
                """, Object[].class).setParameter("begin", begin).setParameter("after", after == null ? new UUID(0, 0).toString() : after.id.toString())
                .setParameter("to", to == null ? null : to.toString()).setParameter("source", source).setParameter("most", most).getResultList();
        return rows.stream().map(Object[].class::cast).map(row -> new Readable((UUID) row[0], (String) row[1], (Instant) row[2], FetchOutcome.of((String) row[3]), (String) row[4],
                List.of((String[]) row[5]), (Boolean) row[6])).toList();
    }

    public Optional<String> page(Readable capture) {
        Capture whole = captures.findById(capture.id);
        Optional<String> page = captures.page(whole);
        em.detach(whole);
        return page;
    }

    public boolean isSource(String name) {
        return captures.count("source", name) > 0;
    }

    /** It reads so now. */
    public void reread(Readable capture, String strip, List<String> unknown) {
        em.createNativeQuery("""
                update capture set outcome = case when outcome in ('ok', 'unchanged') then outcome else 'ok' end, reason = null, strip = :strip, unknown = :unknown
                where id = :id
                """).setParameter("strip", FetchAttempt.storable(strip)).setParameter("unknown", unknown.stream().map(FetchAttempt::storable).toArray(String[]::new))
                .setParameter("id", capture.id).executeUpdate();
    }
}

package id.detak.capture;

import id.detak.platform.Word;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.Session;

/** The captures that a reparse reads: those with a strip or a page. */
@ApplicationScoped
@Transactional(TxType.MANDATORY)
public class ReparseCandidates {

    private final Session session;
    private final Captures captures;

    ReparseCandidates(Session session, Captures captures) {
        this.session = session;
        this.captures = captures;
    }

    /**
     * A capture without its page.
     *
     * @param strip null if none was found
     * @param stripClock as {@link Capture#stripClock()}
     * @param pageKept whether the whole page is stored
     */
    public record Readable(
            UUID id,
            String source,
            Instant observedAt,
            FetchOutcome outcome,
            String strip,
            String stripClock,
            List<String> unknown,
            boolean pageKept) {}

    /** A row of the query below. */
    private record Row(
            UUID id,
            String source,
            Instant observedAt,
            String outcome,
            String strip,
            String stripClock,
            String[] unknown,
            boolean pageKept) {

        private Readable toReadable() {
            return new Readable(
                    id,
                    source,
                    observedAt,
                    Word.of(FetchOutcome.class, outcome),
                    strip,
                    stripClock,
                    List.of(unknown),
                    pageKept);
        }
    }

    /**
     * The next captures in order of time.
     *
     * @param source null for all
     * @param from null for no lower bound
     * @param to null for no upper bound
     * @param after the last capture of the previous batch, or null
     */
    public List<Readable> next(String source, Instant from, Instant to, Readable after, int most) {
        Instant begin = after != null ? after.observedAt : from != null ? from : Instant.EPOCH;
        return session.createNativeQuery("""
                select * from (
                    select c.id, c.source, c.observed_at, c.outcome, c.strip, c.strip_clock, c.unknown,
                           c.page is not null or exists (select from capture k where k.source = c.source and k.content_hash = c.content_hash and k.page is not null) as page_kept
                    from capture c
                    where (c.observed_at, c.id) > (:begin, cast(:after as uuid)) and (cast(:to as timestamptz) is null or c.observed_at <= cast(:to as timestamptz))
                      and (cast(:source as text) is null or c.source = cast(:source as text))) r
                where strip is not null or page_kept
                order by observed_at, id
                limit :most
                """, Row.class)
                .setParameter("begin", begin)
                .setParameter("after", after == null ? new UUID(0, 0).toString() : after.id.toString())
                .setParameter("to", to == null ? null : to.toString())
                .setParameter("source", source)
                .setParameter("most", most)
                .getResultStream()
                .map(Row::toReadable)
                .toList();
    }

    public Optional<String> page(Readable capture) {
        Capture whole = captures.findById(capture.id);
        Optional<String> page = captures.page(whole);
        session.detach(whole);
        return page;
    }

    public boolean isSource(String name) {
        return captures.count("source", name) > 0;
    }

    /**
     * Replaces the strip of a capture.
     *
     * @param clock the time that the strip itself shows (WIB), or null
     */
    public void reread(Readable capture, String strip, LocalTime clock, List<String> unknown) {
        session.createNativeMutationQuery("""
                update capture set outcome = case when outcome in ('ok', 'unchanged') then outcome else 'ok' end, reason = null, strip = :strip,
                       strip_clock = cast(:clock as text), unknown = :unknown
                where id = :id
                """)
                .setParameter("strip", FetchAttempt.storable(strip))
                .setParameter("clock", Capture.stripClock(clock))
                .setParameter(
                        "unknown", unknown.stream().map(FetchAttempt::storable).toArray(String[]::new))
                .setParameter("id", capture.id)
                .executeUpdate();
    }
}

package id.detak.capture;

import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseTable;
import id.detak.platform.BadSettingException;
import id.detak.platform.net.WebUrls;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The pages to watch, and when each is due: rows of the table {@code source}, brought in line with the configuration. */
@ApplicationScoped
public class Sources {

    public static final String DEFAULT_NAME = "kontan";

    private static final LeaseTable DUE = new LeaseTable("source", "name", "active");

    private final EntityManager em;
    private final Map<String, String> configured = new LinkedHashMap<>();

    public Sources(EntityManager em, @ConfigProperty(name = "detak.source-url", defaultValue = "https://www.kontan.co.id/") String url, SourcesConfig more) {
        this.em = em;
        configured.put(DEFAULT_NAME, httpUrl("DETAK_SOURCE_URL", url));
        more.sources().forEach((name, source) -> configured.put(freeName(name), httpUrl("detak.sources." + name + ".url", source.url())));
    }

    /**
     * A page to watch.
     *
     * @param failures how many attempts in a row failed
     * @param etag validator of the page that the capture {@code validated} keeps the strip of, or null
     */
    public record Source(String name, URI url, int failures, String etag, String lastModified, UUID validated, Instant dueAt, Instant notBefore) {
    }

    /** What an attempt changes in its source's row. */
    public record State(int failures, String etag, String lastModified, UUID validated, Duration retryAfter) {
    }

    /** Brings the table in line with the configuration: a source that is configured no more is no longer asked. */
    @Transactional
    public void configure() {
        em.createNativeQuery("update source set active = false where name not in (:names)").setParameter("names", configured.keySet()).executeUpdate();
        configured.forEach((name, url) -> em.createNativeQuery("""
                insert into source (name, url) values (:name, :url)
                on conflict (name) do update
                set active = true, url = excluded.url,
                    etag = case when source.url = excluded.url then source.etag end,
                    last_modified = case when source.url = excluded.url then source.last_modified end,
                    validated = case when source.url = excluded.url then source.validated end,
                    failures = case when source.url = excluded.url then source.failures else 0 end,
                    not_before = case when source.url = excluded.url then source.not_before end
                """).setParameter("name", name).setParameter("url", url).executeUpdate());
    }

    /** The first poll comes right at the start; but where a server said when to come again, not before. */
    @Transactional
    public void dueNow(boolean freeLeases) {
        if (freeLeases) {
            DUE.freeAllBut(em, Set.of());
        }
        em.createNativeQuery("update source set due_at = greatest(least(due_at, now()), coalesce(not_before, '-infinity')) where active").executeUpdate();
    }

    /** Frees the leases of all sources but those. */
    @Transactional
    public void freeAllBut(Set<String> names) {
        DUE.freeAllBut(em, names);
    }

    /** Frees the leases that this process holds, but those of the sources named. */
    @Transactional
    public void freeMineBut(Set<String> names) {
        DUE.freeMineBut(em, names);
    }

    @Transactional
    public Optional<Claim> claim(Duration lease) {
        return DUE.claim(em, lease);
    }

    /** Within the transaction that records what the attempt brought. @return false where somebody else claimed it meanwhile */
    public boolean release(Claim claim, State state, Duration delay) {
        return (state.failures() == 0 ? DUE.release(em, claim, delay) : DUE.releaseFromNow(em, claim, delay)) && update(claim.key(), state);
    }

    /**
     * Brings the row in line with what was done while the database was away: what the attempts taught, and that the source is not
     * due before {@code delay} from now. Where somebody else works on the source already, it is left to them.
     *
     * @param claim the one under which the attempts began, which ends, or null
     */
    @Transactional
    public void resume(String name, Claim claim, State state, Duration delay) {
        long version = claim == null ? -1 : claim.version();
        boolean free = em.createNativeQuery("""
                update source set lease_until = null, due_at = greatest(due_at, now() + make_interval(secs => :delay))
                where name = :name and (lease_until is null or lease_until <= now() or lease_version = :version)
                """).setParameter("delay", Math.max(0, delay.toMillis()) / 1000.0).setParameter("name", name).setParameter("version", version).executeUpdate() == 1;
        if (free) {
            update(name, state);
        }
    }

    /** Keeps what an attempt outside the schedule (the command {@code poll}) taught, where the serving process watches the same page. */
    public void learn(Source source, State state) {
        if (find(source.name()).filter(watched -> watched.url().equals(source.url())).isPresent()) {
            update(source.name(), state);
        }
    }

    private boolean update(String name, State state) {
        double retryAfter = state.retryAfter() == null ? -1 : state.retryAfter().toMillis() / 1000.0;
        return em.createNativeQuery("""
                update source set failures = :failures, etag = cast(:etag as text), last_modified = cast(:lastModified as text), validated = cast(:validated as uuid),
                       not_before = case when :retryAfter < 0 then null else now() + make_interval(secs => :retryAfter) end
                where name = :name
                """).setParameter("failures", state.failures()).setParameter("etag", state.etag()).setParameter("lastModified", state.lastModified())
                .setParameter("validated", state.validated() == null ? null : state.validated().toString())
                .setParameter("retryAfter", retryAfter).setParameter("name", name).executeUpdate() == 1;
    }

    @Transactional
    public Optional<Duration> untilNext() {
        return DUE.untilNext(em);
    }

    @Transactional
    public List<Source> active() {
        List<?> rows = em.createNativeQuery("""
                select name, url, failures, etag, last_modified, validated, due_at, not_before from source where active order by name
                """, Object[].class).getResultList();
        return rows.stream().map(Object[].class::cast).map(Sources::source).toList();
    }

    /**
     * The sources of this process's own configuration, with what is known of them where a serving process watches the same page.
     * A command asks these, and leaves the table to those that serve.
     */
    public List<Source> configured() {
        return unasked().stream().map(own -> find(own.name()).filter(watched -> watched.url().equals(own.url())).orElse(own)).toList();
    }

    /** The sources of this process's own configuration, of which nothing else is known. Needs no database. */
    public List<Source> unasked() {
        return configured.entrySet().stream().map(entry -> new Source(entry.getKey(), URI.create(entry.getValue()), 0, null, null, null, null, null)).toList();
    }

    public Optional<Source> find(String name) {
        return active().stream().filter(source -> source.name().equals(name)).findFirst();
    }

    private static Source source(Object[] row) {
        return new Source((String) row[0], URI.create((String) row[1]), ((Number) row[2]).intValue(), (String) row[3], (String) row[4],
                (UUID) row[5], (Instant) row[6], (Instant) row[7]);
    }

    /** Names of sources are words of their own: captures that came another way have names with a colon. */
    private static String freeName(String name) {
        if (name.isBlank() || name.indexOf(':') >= 0) {
            throw new BadSettingException("detak.sources." + name + ": a source's name is a word without a colon.");
        }
        return name;
    }

    private static String httpUrl(String name, String text) {
        return WebUrls.configured(name, text, "a page, such as https://www.kontan.co.id/").toString();
    }
}

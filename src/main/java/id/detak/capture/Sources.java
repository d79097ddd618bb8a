package id.detak.capture;

import id.detak.database.LeaseTable;
import id.detak.database.LeaseTable.Claim;
import id.detak.platform.BadSettingException;
import id.detak.platform.net.WebUrls;
import id.detak.strip.StripLocator;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * The pages to poll, and when each is due. The table {@code source} follows the configuration; its times are the
 * database's.
 */
@ApplicationScoped
public class Sources {

    public static final String DEFAULT_NAME = "kontan";

    private static final Comparator<String> BY_DEFAULT =
            Comparator.comparing((String name) -> !name.equals(DEFAULT_NAME)).thenComparing(Comparator.naturalOrder());

    private static final Duration MAX_PAUSE = Duration.ofDays(1);

    private final Session session;
    private final LeaseTable leases;
    private final Map<String, String> configured = new LinkedHashMap<>();
    private final Map<String, StripLocator> locators = new HashMap<>();
    /** The names, the leading one first. */
    private final List<String> order;

    @Inject
    Sources(Session session, CaptureConfig config) {
        this(
                session,
                config.sourceUrl(),
                config.sources(),
                config.sourceOrder().orElse(List.of()),
                PollSchedule.longest(config.pollEvery()),
                config.retryAfterLimit());
    }

    /**
     * @param longestDelay the longest time between two polls
     * @param longestPause the longest pause that a server which served the source before can ask for
     */
    public Sources(
            Session session,
            String url,
            Map<String, CaptureConfig.SourceConfig> more,
            List<String> order,
            Duration longestDelay,
            Duration longestPause) {
        this.session = session;
        this.leases = new LeaseTable(
                "source",
                "name",
                "active",
                String.format(
                        Locale.ROOT,
                        "now() + make_interval(secs => greatest(%d, case when not_before is null then 0 when served_at is null then %d else %d end))",
                        longestDelay.toSeconds(),
                        MAX_PAUSE.toSeconds() + 1,
                        longestPause.toSeconds() + 1));
        configured.put(DEFAULT_NAME, httpUrl("DETAK_SOURCE_URL", url));
        more.forEach((name, source) -> {
            locators.put(name, locator(name, source));
            if (source.url().isPresent() || !name.equals(DEFAULT_NAME)) {
                configured.put(
                        freeName(name),
                        httpUrl("detak.sources." + name + ".url", source.url().orElse("")));
            }
        });
        order.stream().filter(name -> !configured.containsKey(name)).findFirst().ifPresent(name -> {
            throw new BadSettingException("DETAK_SOURCE_ORDER names " + name + ", which is no source. The sources are "
                    + String.join(", ", configured.keySet()) + ".");
        });
        this.order = Stream.concat(order.stream(), configured.keySet().stream().sorted(BY_DEFAULT))
                .distinct()
                .toList();
    }

    /**
     * A page to poll.
     *
     * @param failures failed attempts in a row
     * @param etag validator of the page whose strip is in the capture {@code validated}, or null
     * @param servedAt when it last brought a strip, or null
     */
    public record Source(
            String name,
            URI url,
            int failures,
            String etag,
            String lastModified,
            UUID validated,
            Instant dueAt,
            Instant notBefore,
            Instant servedAt) {}

    /** A row of the table. */
    private record Row(
            String name,
            String url,
            int failures,
            String etag,
            String lastModified,
            UUID validated,
            Instant dueAt,
            Instant notBefore,
            Instant servedAt) {

        private Source toSource() {
            return new Source(
                    name, URI.create(url), failures, etag, lastModified, validated, dueAt, notBefore, servedAt);
        }
    }

    /** The changes that an attempt makes in the row of its source. */
    public record State(int failures, String etag, String lastModified, UUID validated, Duration retryAfter) {}

    /** Whether a source leads before another one. A source that is not configured comes last. */
    public boolean comesBefore(String name, String other) {
        return rank(name) < rank(other);
    }

    private int rank(String name) {
        int place = order.indexOf(name);
        return place < 0 ? order.size() : place;
    }

    /** Updates the table from the configuration: a source that is no longer configured is no longer polled. */
    @Transactional
    public void configure() {
        session.createNativeMutationQuery("update source set active = false where name not in (:names)")
                .setParameter("names", configured.keySet())
                .executeUpdate();
        configured.forEach((name, url) -> session.createNativeMutationQuery("""
                insert into source (name, url) values (:name, :url)
                on conflict (name) do update
                set active = true, url = excluded.url,
                    etag = case when source.url = excluded.url then source.etag end,
                    last_modified = case when source.url = excluded.url then source.last_modified end,
                    validated = case when source.url = excluded.url then source.validated end,
                    failures = case when source.url = excluded.url then source.failures else 0 end,
                    served_at = case when source.url = excluded.url then source.served_at end,
                    not_before = case when source.url = excluded.url then source.not_before end
                """)
                .setParameter("name", name)
                .setParameter("url", url)
                .executeUpdate());
    }

    /** Makes all sources due at the start of the process, but none before the time that its server asked for. */
    @Transactional
    public void dueNow(boolean freeLeases) {
        if (freeLeases) {
            leases.freeAllBut(session, Set.of());
        }
        session.createNativeMutationQuery(
                        "update source set due_at = greatest(least(due_at, now()), coalesce(not_before, '-infinity')) where active")
                .executeUpdate();
    }

    /**
     * Makes a source due.
     *
     * @return false, without a change, during a pause that its server asked for
     */
    @Transactional
    public boolean dueNow(String name) {
        return session.createNativeMutationQuery("""
                update source set due_at = least(due_at, now())
                where active and name = :name and coalesce(not_before, '-infinity') <= now()
                """).setParameter("name", name).executeUpdate() == 1;
    }

    /** Ends the leases of all sources except those named. */
    @Transactional
    public void freeAllBut(Set<String> names) {
        leases.freeAllBut(session, names);
    }

    /** Ends the leases of this process, except those of the sources named. */
    @Transactional
    public void freeMineBut(Set<String> names) {
        leases.freeMineBut(session, names);
    }

    @Transactional
    public Optional<Claim> claim(Duration lease) {
        return leases.claim(session, lease);
    }

    /** Releases a claim that was not used, without changing the state of the source. */
    @Transactional
    public void giveBack(Claim claim, Duration delay) {
        leases.releaseFromNow(session, claim, delay);
    }

    /**
     * Ends a lease in the transaction that records the attempt.
     *
     * @return false if another process has claimed the source since
     */
    @Transactional(TxType.MANDATORY)
    public boolean release(Claim claim, State state, Duration delay) {
        return (state.failures() == 0
                        ? leases.release(session, claim, delay)
                        : leases.releaseFromNow(session, claim, delay))
                && update(claim.key(), state);
    }

    /**
     * Stores the state after polls that were made while the database was unreachable; the source is due after
     * {@code delay}. Changes nothing if another process has claimed the source.
     *
     * @param claim the claim under which the attempts began, which ends, or null
     */
    @Transactional
    public void resume(String name, Claim claim, State state, Duration delay) {
        long version = claim == null ? -1 : claim.version();
        boolean free = session.createNativeMutationQuery("""
                update source set lease_until = null, due_at = greatest(due_at, now() + make_interval(secs => :delay))
                where name = :name and (lease_until is null or lease_until <= now() or lease_version = :version)
                """)
                        .setParameter("delay", Math.max(0, delay.toMillis()) / 1000.0)
                        .setParameter("name", name)
                        .setParameter("version", version)
                        .executeUpdate()
                == 1;
        if (free) {
            update(name, state);
        }
    }

    /**
     * Stores the state after an attempt outside the schedule (the command {@code poll}), if the serving process polls
     * the same page.
     */
    @Transactional(TxType.MANDATORY)
    public void learn(Source source, State state) {
        if (find(source.name())
                .filter(watched -> watched.url().equals(source.url()))
                .isPresent()) {
            update(source.name(), state);
        }
    }

    private boolean update(String name, State state) {
        double retryAfter = state.retryAfter() == null ? -1 : state.retryAfter().toMillis() / 1000.0;
        return session.createNativeMutationQuery("""
                update source set failures = :failures, etag = cast(:etag as text), last_modified = cast(:lastModified as text), validated = cast(:validated as uuid),
                       served_at = case when :failures = 0 then now() else served_at end,
                       not_before = case when :retryAfter < 0 then null else now() + make_interval(secs => :retryAfter) end
                where name = :name
                """)
                        .setParameter("failures", state.failures())
                        .setParameter("etag", state.etag())
                        .setParameter("lastModified", state.lastModified())
                        .setParameter(
                                "validated",
                                state.validated() == null
                                        ? null
                                        : state.validated().toString())
                        .setParameter("retryAfter", retryAfter)
                        .setParameter("name", name)
                        .executeUpdate()
                == 1;
    }

    @Transactional
    public Optional<Duration> untilNext() {
        return leases.untilNext(session);
    }

    /** All active sources, in order of their names. */
    @Transactional
    public List<Source> active() {
        return session.createNativeQuery("""
                select name, url, failures, etag, last_modified, validated, due_at, not_before, served_at from source where active order by name
                """, Row.class)
                .getResultStream()
                .map(Row::toSource)
                .toList();
    }

    /**
     * The sources of this process's configuration, with their stored state if a serving process polls the same page.
     * Commands use these and leave the table to the serving processes.
     */
    public List<Source> configured() {
        return configuredWithoutState().stream()
                .map(own -> find(own.name())
                        .filter(watched -> watched.url().equals(own.url()))
                        .orElse(own))
                .toList();
    }

    /** The sources of this process's configuration, without stored state. Needs no database. */
    public List<Source> configuredWithoutState() {
        return configured.entrySet().stream()
                .map(entry ->
                        new Source(entry.getKey(), URI.create(entry.getValue()), 0, null, null, null, null, null, null))
                .toList();
    }

    public Optional<Source> find(String name) {
        return active().stream().filter(source -> source.name().equals(name)).findFirst();
    }

    /** The location of the strip in the page of a source. */
    public StripLocator locator(String name) {
        return locators.getOrDefault(name, StripLocator.ANYWHERE);
    }

    private static StripLocator locator(String name, CaptureConfig.SourceConfig source) {
        StripLocator locator = new StripLocator(
                source.heading().orElse(null), source.selector().orElse(null));
        locator.selectorProblem().ifPresent(problem -> {
            throw new BadSettingException("detak.sources." + name + ".selector: '" + locator.selector()
                    + "' is not a CSS selector such as #indicators or ul.ticker: " + problem);
        });
        return locator;
    }

    /** A source's name has no colon, unlike the names of captures that were imported or posted. */
    private static String freeName(String name) {
        if (name.isBlank() || name.indexOf(':') >= 0) {
            throw new BadSettingException("detak.sources." + name + ": a source's name is a word without a colon.");
        }
        return name;
    }

    private static String httpUrl(String name, String text) {
        return WebUrls.configured(name, text, "a page, such as https://www.kontan.co.id/")
                .toString();
    }
}

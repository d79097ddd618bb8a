package id.detak.indicator;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.database.Notification;
import id.detak.database.Notification.ListenerConnected;
import id.detak.database.Notification.Topic;
import id.detak.database.PgNotifications;
import id.detak.platform.BadSettingException;
import id.detak.platform.DataFolder;
import id.detak.platform.RejectedException;
import id.detak.strip.KnownLabel;
import id.detak.strip.Quote;
import id.detak.strip.StripParser;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.logging.Log;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The indicators that exist: seeded from {@code indicators.csv}, or discovered in a strip or a file. */
@ApplicationScoped
public class Indicators implements PanacheRepositoryBase<Indicator, Integer> {

    /** A notification of another process ends the cache earlier; this is for one that was lost. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    /** The key of an advisory lock, under which new indicators are counted. */
    private static final long DISCOVERY_LOCK = 0x646574616bL;

    /** Reads copies, since a session would return its own instances, which may be older than the lock on a series. */
    private static final String SELECT = """
            select new id.detak.indicator.Indicator(i.id, i.code, i.nameId, i.nameEn, i.kind, i.unit, i.decimals, i.discoveredAt, i.hidden, i.named, i.source)
            from Indicator i order by i.id
            """;

    private final List<IndicatorSeed> seeds;
    private final IndicatorConfig.Discovery discovery;
    private final PgNotifications notifications;
    private final Event<Changed> changed;
    private final Clock clock;
    private final AtomicLong invalidations = new AtomicLong();
    /** Cached since every request for a history looks an indicator up. Writers read the table instead. */
    private volatile Cached cached;

    public Indicators(
            DataFolder folder,
            IndicatorConfig config,
            PgNotifications notifications,
            Event<Changed> changed,
            Clock clock) {
        this.seeds = IndicatorSeed.of(folder);
        this.discovery = config.discovery();
        this.notifications = notifications;
        this.changed = changed;
        this.clock = clock;
        if (discovery.captures() < 2 || discovery.perPage() < 0 || discovery.most() < 0) {
            throw new BadSettingException(
                    "DETAK_DISCOVERY_CAPTURES is at least 2; DETAK_DISCOVERY_PER_PAGE and DETAK_DISCOVERY_MOST are at least 0.");
        }
    }

    /** @param invalidations those before it was read; a later one means that it may be outdated */
    private record Cached(KnownIndicators known, long readAt, long invalidations) {}

    /** Fired in a transaction that changes indicators; observed once it is committed. */
    public record Changed() {}

    /** All indicators as they are now, the oldest first. */
    public List<Indicator> all() {
        return getSession().createQuery(SELECT, Indicator.class).getResultList();
    }

    /** All indicators that are not hidden, the oldest first. */
    public List<Indicator> shown() {
        return all().stream().filter(indicator -> !indicator.isHidden()).toList();
    }

    /** Whether an indicator was neither merged nor deleted. Writers check it while holding the lock. */
    public boolean exists(Indicator indicator) {
        return getSession()
                .createNativeQuery("select exists (select from indicator where id = :id)", Boolean.class)
                .setParameter("id", indicator.id())
                .getSingleResult();
    }

    /** The indicators with all their labels, read from the table. */
    public KnownIndicators known() {
        return new KnownIndicators(
                all(),
                getSession()
                        .createQuery("from IndicatorLabelEntity", IndicatorLabelEntity.class)
                        .getResultList(),
                seeds);
    }

    /**
     * The indicators from the cache, for readers: at most a second old, and read again after a change that this process
     * committed or was notified of.
     */
    public KnownIndicators recent() {
        Cached last = cached;
        boolean isFresh = last != null
                && last.invalidations == invalidations.get()
                && System.nanoTime() - last.readAt < FRESH_NANOS;
        return isFresh ? last.known : read();
    }

    private KnownIndicators read() {
        long readAt = System.nanoTime();
        long before = invalidations.get();
        KnownIndicators known = known();
        cached = new Cached(known, readAt, before);
        return known;
    }

    /** Finds an indicator as {@link KnownIndicators#find} does, in the cache first. */
    public Optional<Indicator> find(String codeOrAddress) {
        return recent().find(codeOrAddress).or(() -> read().find(codeOrAddress));
    }

    /**
     * The indicator of a path or query parameter: the one place that resolves a code of a request. It is no
     * {@code ParamConverter}, because a lookup may query the database, and a converter runs before the resource,
     * outside its transaction.
     *
     * @throws RejectedException if there is no such indicator
     */
    public Indicator get(String codeOrAddress) {
        return find(codeOrAddress)
                .orElseThrow(
                        () -> RejectedException.notFound(
                                "There is no such indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space."));
    }

    /** Call it after the table was changed directly. */
    public void invalidate() {
        invalidations.incrementAndGet();
    }

    void onCommit(@Observes(during = TransactionPhase.AFTER_SUCCESS) Changed event) {
        invalidate();
    }

    void onNotification(@Observes @Priority(Notification.CACHES_FIRST) Notification notification) {
        if (notification.topic() == Topic.INDICATORS) {
            invalidate();
        }
    }

    void onConnected(@Observes @Priority(Notification.CACHES_FIRST) ListenerConnected connected) {
        invalidate();
    }

    /** The number of a source's polls that must show a new label before it becomes an indicator. */
    public int capturesOfNew() {
        return discovery.captures();
    }

    /** The most new indicators of one page. */
    public int mostNewOfPage() {
        return discovery.perPage();
    }

    /** How many more indicators can be discovered. */
    public long roomForNew(KnownIndicators known) {
        return Math.max(0, discovery.most() - known.discovered());
    }

    /**
     * The indicator of a label. Creates it if the label is unknown.
     *
     * @throws RejectedException if the label is refused or there are too many discovered indicators
     */
    public Indicator findOrDiscover(String label, Instant at) {
        KnownIndicators known = known();
        Optional<Indicator> existing = known.find(label);
        if (existing.isPresent()) {
            return existing.get();
        }
        if (known.isRefused(label)) {
            throw refused(label);
        }
        return discover(label, at);
    }

    /**
     * What {@link #findOrDiscover} would return, without creating it.
     *
     * @param id of an indicator that would be created
     * @throws RejectedException if the label is refused
     */
    public Indicator findOrPlan(String label, Instant at, int id) {
        KnownIndicators known = known();
        if (known.isRefused(label)) {
            throw refused(label);
        }
        return known.find(label)
                .orElseGet(() -> new Indicator(id, label, label, label, Kind.OTHER, "", null, at, false, false, null));
    }

    private static RejectedException refused(String label) {
        return RejectedException.conflict(
                "The indicator " + label + " was deleted. Confirm its label to create it again.");
    }

    private Indicator discover(String label, Instant at) {
        getSession()
                .createNativeQuery("select cast(pg_advisory_xact_lock(:key) as text)", String.class)
                .setParameter("key", DISCOVERY_LOCK)
                .getSingleResult();
        if (roomForNew(known()) == 0) {
            throw RejectedException.conflict("There are " + discovery.most()
                    + " indicators that indicators.csv does not name, so " + label
                    + " does not become another one. Delete or merge some, or raise DETAK_DISCOVERY_MOST.");
        }
        // another transaction may have discovered it at the same time
        int inserted = getSession()
                .createMutationQuery("""
                insert into Indicator (code, nameId, nameEn, kind, unit, discoveredAt, hidden, named)
                values (:code, :code, :code, :kind, '', :at, false, false)
                on conflict (code) do nothing
                """)
                .setParameter("code", label)
                .setParameter("kind", Kind.OTHER)
                .setParameter("at", at)
                .executeUpdate();
        if (inserted == 1) {
            Log.infof("New indicator for an unknown label: %s", label);
            publishChange();
        }
        return find("code", label).firstResult();
    }

    /**
     * Makes a label an indicator immediately, even a refused one.
     *
     * @throws RejectedException if it cannot be a code, is an indicator's already, or there are too many
     */
    @Transactional(MANDATORY)
    public Indicator confirm(String label) {
        String code = KnownIndicators.upper(label.strip());
        requireCode(code);
        known().find(code).ifPresent(indicator -> {
            throw RejectedException.conflict(
                    code + " is " + (indicator.code().equals(code) ? "an indicator" : "a label of " + indicator.code())
                            + " already.");
        });
        removeLabel(code);
        publishChange();
        Optional<IndicatorSeed> seed =
                seeds.stream().filter(row -> row.code().equals(code)).findFirst();
        if (seed.isPresent()) {
            seed(seed.get());
            return find("code", code).firstResult();
        }
        return discover(code, clock.instant());
    }

    /**
     * Locks indicators against other changes of indicators until the transaction ends.
     *
     * @return those that still exist, with their current state, in the order of their ids
     */
    @Transactional(MANDATORY)
    public List<Indicator> lock(Collection<Integer> ids) {
        List<Integer> existing = getSession()
                .createNativeQuery(
                        "select id from indicator where id = any(cast(:ids as integer[])) order by id for update",
                        Integer.class)
                .setParameter("ids", ids.toArray(Integer[]::new))
                .getResultList();
        return existing.stream()
                .map(this::findById)
                .peek(indicator -> getSession().refresh(indicator))
                .toList();
    }

    /**
     * Gives an indicator another code. The former one stays as a label.
     *
     * @throws RejectedException if the code cannot be one or belongs to another indicator
     */
    @Transactional(MANDATORY)
    public void recode(Indicator indicator, String newCode) {
        String code = KnownIndicators.upper(newCode.strip());
        requireCode(code);
        known().find(code).filter(other -> other.id() != indicator.id()).ifPresent(other -> {
            throw RejectedException.conflict(code + " belongs to " + other.code() + ". Merge the two instead.");
        });
        if (Quote.isCurrencyPair(code) != Quote.isCurrencyPair(indicator.code())) {
            throw RejectedException.invalid(
                    "Only currency pairs have codes such as USD/IDR, because their changes are interpreted"
                            + " differently.");
        }
        String former = indicator.code();
        removeLabel(code);
        indicator.code = code;
        flush();
        setLabel(former, indicator.id());
        publishChange();
    }

    /** Changes names; null keeps one. */
    @Transactional(MANDATORY)
    public void name(Indicator indicator, String nameId, String nameEn) {
        indicator.nameId = nameId == null ? indicator.nameId : nameId.strip();
        indicator.nameEn = nameEn == null ? indicator.nameEn : nameEn.strip();
        indicator.named = true;
        publishChange();
    }

    @Transactional(MANDATORY)
    public void hide(Indicator indicator, boolean hidden) {
        indicator.hidden = hidden;
        publishChange();
    }

    /** Makes another source the one whose polls make the series. */
    @Transactional(MANDATORY)
    public void lead(int indicatorId, String source) {
        getSession()
                .createNativeMutationQuery("update indicator set source = :source where id = :id")
                .setParameter("source", source)
                .setParameter("id", indicatorId)
                .executeUpdate();
        publishChange();
    }

    /** Deletes an indicator whose series was moved to another one, which takes over its labels. */
    @Transactional(MANDATORY)
    public void replace(Indicator indicator, Indicator by) {
        getSession()
                .createMutationQuery("update IndicatorLabelEntity set indicatorId = :by where indicatorId = :id")
                .setParameter("by", by.id())
                .setParameter("id", indicator.id())
                .executeUpdate();
        remove(indicator);
        setLabel(indicator.code(), by.id());
    }

    /** Deletes an indicator whose series was deleted. Its labels are refused from now on. */
    @Transactional(MANDATORY)
    public void refuse(Indicator indicator) {
        List<String> labels = known().labelsOf(indicator);
        remove(indicator);
        labels.forEach(label -> setLabel(label, null));
        setLabel(indicator.code(), null);
    }

    private void remove(Indicator indicator) {
        getSession()
                .createMutationQuery("update IndicatorLabelEntity set indicatorId = null where indicatorId = :id")
                .setParameter("id", indicator.id())
                .executeUpdate();
        getSession().detach(indicator);
        delete("id", indicator.id());
        publishChange();
    }

    private void setLabel(String label, Integer indicatorId) {
        removeLabel(KnownIndicators.upper(label));
        getSession().persist(new IndicatorLabelEntity(KnownIndicators.upper(label), indicatorId));
        flush();
    }

    private void removeLabel(String label) {
        getSession()
                .createMutationQuery("delete from IndicatorLabelEntity where label = :label")
                .setParameter("label", label)
                .executeUpdate();
        getSession().flush();
        IndicatorLabelEntity loaded = getSession().find(IndicatorLabelEntity.class, label);
        if (loaded != null) {
            getSession().detach(loaded);
        }
    }

    private static void requireCode(String code) {
        if (!Indicator.isCode(code)) {
            throw RejectedException.invalid(
                    "That cannot be a code: a code starts with a letter, followed by letters, digits, blanks or ./&+()'-, at most 40 characters.");
        }
    }

    private void publishChange() {
        changed.fire(new Changed());
        notifications.publish(Topic.INDICATORS);
    }

    /** Updates the table from the CSV files. What the admin renamed, merged or deleted stays as it is. */
    @Transactional
    public void seed() {
        invalidate();
        KnownIndicators known = known();
        for (IndicatorSeed seed : seeds) {
            boolean decided = known.isRefused(seed.code())
                    || known.find(seed.code())
                            .filter(indicator -> known.labelsOf(indicator).contains(seed.code()))
                            .isPresent();
            if (!decided) {
                seed(seed);
            }
            for (String label : seed.labels()) {
                known.find(label)
                        .filter(indicator ->
                                !label.equals(seed.code()) && indicator.code().equals(label))
                        .ifPresent(indicator -> Log.warnf(
                                "%s is a label of %s in indicators.csv and an indicator, too. Merge it into %s on the page Indicators.",
                                label, seed.code(), seed.code()));
            }
        }
    }

    private void seed(IndicatorSeed seed) {
        getSession()
                .createMutationQuery("""
                insert into Indicator (code, nameId, nameEn, kind, unit, decimals, hidden, named)
                values (:code, :nameId, :nameEn, :kind, :unit, :decimals, false, false)
                on conflict (code) do update set kind = excluded.kind, unit = excluded.unit, decimals = excluded.decimals, discoveredAt = null
                """)
                .setParameter("code", seed.code())
                .setParameter("nameId", seed.nameId())
                .setParameter("nameEn", seed.nameEn())
                .setParameter("kind", seed.kind())
                .setParameter("unit", seed.unit())
                .setParameter("decimals", seed.decimals())
                .executeUpdate();
        getSession()
                .createMutationQuery(
                        "update Indicator set nameId = :nameId, nameEn = :nameEn where code = :code and named = false")
                .setParameter("code", seed.code())
                .setParameter("nameId", seed.nameId())
                .setParameter("nameEn", seed.nameEn())
                .executeUpdate();
    }

    @Produces
    @Singleton
    StripParser parser() {
        List<KnownLabel> labels = IndicatorSeed.labels(seeds);
        return new StripParser(labels);
    }
}

package id.detak.indicator;

import id.detak.platform.DataFolder;
import id.detak.platform.RejectedException;
import id.detak.strip.KnownLabel;
import id.detak.strip.StripParser;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.logging.Log;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The indicators that exist: seeded from {@code indicators.csv}, or discovered in a strip. */
@ApplicationScoped
public class Indicators implements PanacheRepositoryBase<Indicator, Integer> {

    private final List<IndicatorSeed> seeds;
    /**
     * Cached by the code of the request, since indicators only change at startup and every request for a history looks
     * one up.
     */
    private final Map<String, Indicator> cache = new ConcurrentHashMap<>();

    public Indicators(DataFolder folder) {
        this.seeds = IndicatorSeed.of(folder);
    }

    /** All indicators, the oldest first. */
    public List<Indicator> all() {
        return listAll(Sort.by("id"));
    }

    /**
     * Finds an indicator by its code or by the form of its code in URLs ({@code USDIDR}, {@code RD.PENDAPATAN-TETAP}),
     * ignoring case.
     */
    public Optional<Indicator> find(String codeOrAddress) {
        String upper = codeOrAddress.replace("\0", "").toUpperCase(Locale.ROOT);
        Indicator known = cache.get(upper);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Indicator> there =
                find("upper(code) = ?1", upper).<Indicator>firstResultOptional().or(() -> ofAddress(upper));
        there.ifPresent(indicator -> cache.put(upper, indicator));
        return there;
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
        cache.clear();
    }

    private Optional<Indicator> ofAddress(String address) {
        return find("replace(replace(upper(code), '/', ''), ' ', '-') = ?1 order by id", address)
                .firstResultOptional();
    }

    /** The indicator of a code. Creates it if the code is unknown. */
    public Indicator findOrDiscover(String code, Instant at) {
        // the strip also prints USDIDR for USD/IDR, so two codes with the same form in URLs are one indicator
        Optional<Indicator> known =
                find("code", code).<Indicator>firstResultOptional().or(() -> ofAddress(Indicator.address(code)));
        if (known.isPresent()) {
            return known.get();
        }
        // another transaction may discover it at the same time
        int inserted = getSession()
                .createMutationQuery("""
                insert into Indicator (code, nameId, nameEn, kind, unit, discoveredAt) values (:code, :code, :code, :kind, '', :at)
                on conflict (code) do nothing
                """)
                .setParameter("code", code)
                .setParameter("kind", Kind.OTHER)
                .setParameter("at", at)
                .executeUpdate();
        if (inserted == 1) {
            Log.infof("New indicator for an unknown label: %s", code);
        }
        return find("code", code).firstResult();
    }

    /** Updates the table from the CSV files. */
    @Transactional
    public void seed() {
        invalidate();
        for (IndicatorSeed seed : seeds) {
            getSession()
                    .createMutationQuery("""
                    insert into Indicator (code, nameId, nameEn, kind, unit, decimals) values (:code, :nameId, :nameEn, :kind, :unit, :decimals)
                    on conflict (code) do update set nameId = excluded.nameId, nameEn = excluded.nameEn, kind = excluded.kind, unit = excluded.unit,
                                                     decimals = excluded.decimals, discoveredAt = null
                    """)
                    .setParameter("code", seed.code())
                    .setParameter("nameId", seed.nameId())
                    .setParameter("nameEn", seed.nameEn())
                    .setParameter("kind", seed.kind())
                    .setParameter("unit", seed.unit())
                    .setParameter("decimals", seed.decimals())
                    .executeUpdate();
        }
    }

    @Produces
    @Singleton
    StripParser parser() {
        List<KnownLabel> labels = IndicatorSeed.labels(seeds);
        return new StripParser(labels);
    }
}

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
    /** By what they were asked for: an indicator changes at a start alone, and each question about its history begins here. */
    private final Map<String, Indicator> found = new ConcurrentHashMap<>();

    public Indicators(DataFolder folder) {
        this.seeds = IndicatorSeed.of(folder);
    }

    /** All, in the order in which they came to be. */
    public List<Indicator> all() {
        return listAll(Sort.by("id"));
    }

    /** By its code, or by its code as it stands in addresses ({@code USDIDR}, {@code RD.PENDAPATAN-TETAP}), in any case. */
    public Optional<Indicator> find(String codeOrAddress) {
        String upper = codeOrAddress.replace("\0", "").toUpperCase(Locale.ROOT);
        Indicator known = found.get(upper);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Indicator> there = find("upper(code) = ?1", upper).<Indicator>firstResultOptional().or(() -> ofAddress(upper));
        there.ifPresent(indicator -> found.put(upper, indicator));
        return there;
    }

    /**
     * The indicator of a path or query parameter.
     *
     * @throws RejectedException if there is no such indicator
     */
    public Indicator get(String codeOrAddress) {
        return find(codeOrAddress).orElseThrow(() -> RejectedException.notFound(
                "There is no such indicator. GET /api/v1/indicators lists them; in an address a code has no slash and a hyphen for each space."));
    }

    /** After the table was changed by other hands. */
    public void forget() {
        found.clear();
    }

    private Optional<Indicator> ofAddress(String address) {
        return find("replace(replace(upper(code), '/', ''), ' ', '-') = ?1 order by id", address).firstResultOptional();
    }

    /** The indicator of that code; one that nobody knew is made. */
    public Indicator findOrDiscover(String code, Instant at) {
        // USDIDR is another print of USD/IDR: two indicators never share an address
        Optional<Indicator> known = find("code", code).<Indicator>firstResultOptional().or(() -> ofAddress(Indicator.address(code)));
        if (known.isPresent()) {
            return known.get();
        }
        Indicator made = Indicator.discovered(code, at);
        int inserted = getEntityManager().createNativeQuery("""
                insert into indicator (code, name_id, name_en, kind, unit, discovered_at)
                values (:code, :code, :code, :kind, :unit, :at)
                on conflict (code) do nothing
                """)
                .setParameter("code", code).setParameter("kind", made.kind.word()).setParameter("unit", made.unit)
                .setParameter("at", at).executeUpdate();
        if (inserted == 1) {
            Log.infof("A label never seen before became an indicator: %s", code);
        }
        return find("code", code).firstResult();
    }

    /** Brings the table up to the seeds: what a person corrected in a file is corrected there. */
    @Transactional
    public void seed() {
        forget();
        for (IndicatorSeed seed : seeds) {
            getEntityManager().createNativeQuery("""
                    insert into indicator (code, name_id, name_en, kind, unit, decimals)
                    values (:code, :nameId, :nameEn, :kind, :unit, :decimals)
                    on conflict (code) do update
                    set name_id = excluded.name_id, name_en = excluded.name_en, kind = excluded.kind,
                        unit = excluded.unit, decimals = excluded.decimals, discovered_at = null
                    """)
                    .setParameter("code", seed.code()).setParameter("nameId", seed.nameId()).setParameter("nameEn", seed.nameEn())
                    .setParameter("kind", seed.kind().word()).setParameter("unit", seed.unit()).setParameter("decimals", seed.decimals())
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

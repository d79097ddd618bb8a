package id.detak.series;

import static id.detak.series.Observations.COLUMNS;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.capture.Sources;
import id.detak.indicator.Calendars;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.indicator.TradingCalendar;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hibernate.Session;

/**
 * Moves the series of an indicator into another one, or deletes it. The row in {@code series} stays, so that a writer
 * that waits for its lock finds it.
 *
 * <p>No statement joins rows of two indicators, which may be on different nodes.
 */
@ApplicationScoped
@Transactional(MANDATORY)
public class SeriesTransfer {

    private static final int PAGE = 20_000;

    /** Rows that nothing derives from others. */
    private static final String OBSERVED = "not (quality = 'implied' and capture_id is not null)";

    private final Session session;
    private final Indicators indicators;
    private final Sources sources;
    private final Calendars calendars;
    private final Observations observations;
    private final OtherObservations others;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;

    SeriesTransfer(
            Session session,
            Indicators indicators,
            Sources sources,
            Calendars calendars,
            Observations observations,
            OtherObservations others,
            DerivedDataUpdate derivedDataUpdate,
            SeriesVersions versions) {
        this.session = session;
        this.indicators = indicators;
        this.sources = sources;
        this.calendars = calendars;
        this.observations = observations;
        this.others = others;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
    }

    /**
     * What became of the observations.
     *
     * @param same the target had the same numbers at the same instant
     * @param conflicting the target had other numbers, which count; these are stored as conflicts
     */
    public record Moved(long moved, long same, long conflicting) {

        private Moved plus(Moved other) {
            return new Moved(moved + other.moved, same + other.same, conflicting + other.conflicting);
        }
    }

    /** Locks the series until the transaction ends, so that nothing is recorded meanwhile. */
    public void lock(List<Integer> indicatorIds) {
        versions.write(indicatorIds);
    }

    /**
     * Moves everything that is stored of a series. Of two numbers for one instant, that of the target counts. Both are
     * locked.
     *
     * @throws RejectedException if the target has no level and the series has one
     */
    public Moved move(Indicator from, Indicator into) {
        if (!into.hasLevel() && hasValues(from.id())) {
            throw RejectedException.conflict(from.code() + " has values and " + into.code()
                    + " is a fund, which has only percents: their numbers do not make one series.");
        }
        Instant first = edge("min", from.id());
        Instant last = edge("max", from.id());
        Moved moved = new Moved(0, 0, 0);
        for (Instant next = first; next != null; ) {
            List<Observation> page = page(from.id(), next);
            if (page.isEmpty()) {
                break;
            }
            moved = moved.plus(move(page, from, into));
            next = page.size() < PAGE
                    ? null
                    : page.get(page.size() - 1).observedAt().plusNanos(1000);
        }
        moveRest(from.id(), into.id());
        deleteAll(from.id());
        if (first != null) {
            derivedDataUpdate.update(into, first, last);
        }
        leadOne(from, into);
        return moved;
    }

    /** If two sources made the two series, one leads from where both do. */
    private void leadOne(Indicator from, Indicator into) {
        if (from.source() == null || from.source().equals(into.source())) {
            return;
        }
        String lead = into.source() == null || sources.comesBefore(from.source(), into.source())
                ? from.source()
                : into.source();
        indicators.lead(into.id(), lead);
        Instant first = others.firstOf(into.id(), lead);
        if (first == null) {
            return;
        }
        TradingCalendar calendar = calendars.of(into.kind());
        Instant start = calendar.turnOf(calendar.tradingDayAt(first));
        Instant last = edge("max", into.id());
        if (others.exchange(into.id(), lead, start)) {
            derivedDataUpdate.update(into, start, last);
        }
    }

    /** Deletes everything that is stored of a series. */
    public long deleteAll(int indicatorId) {
        long deleted = execute("delete from observation where indicator_id = :from", indicatorId);
        for (String table : List.of(
                "observation_conflict", "observation_superseded", "other_observation", "close_difference", "bar")) {
            execute("delete from " + table + " where indicator_id = :from", indicatorId);
        }
        return deleted;
    }

    private boolean hasValues(int id) {
        return session.createNativeQuery(
                        "select exists (select from observation where indicator_id = :id and value is not null)",
                        Boolean.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    private Instant edge(String aggregate, int id) {
        return session.createNativeQuery(
                        "select " + aggregate + "(observed_at) from observation where indicator_id = :id and "
                                + OBSERVED,
                        Instant.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    private List<Observation> page(int id, Instant from) {
        return session
                .createNativeQuery(
                        "select " + COLUMNS + " from observation where indicator_id = :id and observed_at >= :from and "
                                + OBSERVED + " order by observed_at limit :most",
                        ObservationRow.class)
                .setParameter("id", id)
                .setParameter("from", from)
                .setParameter("most", PAGE)
                .getResultList()
                .stream()
                .map(ObservationRow::toObservation)
                .toList();
    }

    private Moved move(List<Observation> page, Indicator from, Indicator into) {
        Map<Instant, Observation> there =
                observations
                        .at(
                                into.id(),
                                page.stream().map(Observation::observedAt).toList())
                        .stream()
                        .collect(Collectors.toMap(Observation::observedAt, Function.identity()));
        List<Observation> conflicts = new ArrayList<>();
        long same = 0;
        for (Observation o : page) {
            Observation standing = there.get(o.observedAt());
            if (standing == null) {
                continue;
            }
            if (standing.isImplied() && !o.isImplied()) {
                observations.delete(standing);
            } else if (o.isImplied() || standing.hasNumbersOf(o)) {
                same++;
            } else {
                conflicts.add(o);
            }
        }
        insertConflicts(conflicts, from, into);
        long inserted = session.createNativeMutationQuery("insert into observation (" + COLUMNS + ") select :into, "
                        + COLUMNS.replaceFirst("indicator_id, ", "")
                        + " from observation where indicator_id = :from and observed_at >= :first and observed_at <= :last and "
                        + OBSERVED
                        + " on conflict (indicator_id, observed_at) do nothing")
                .setParameter("into", into.id())
                .setParameter("from", from.id())
                .setParameter("first", page.get(0).observedAt())
                .setParameter("last", page.get(page.size() - 1).observedAt())
                .executeUpdate();
        return new Moved(inserted, same, conflicts.size());
    }

    private void insertConflicts(List<Observation> conflicts, Indicator from, Indicator into) {
        if (conflicts.isEmpty()) {
            return;
        }
        session.createNativeMutationQuery("""
                insert into observation_conflict (indicator_id, observed_at, capture_id, value, change, change_percent, file)
                select :into, at, capture, value, change, percent, case when capture is null then :file end
                from unnest(cast(:instants as timestamptz[]), cast(:captures as uuid[]), cast(:values as numeric[]), cast(:changes as numeric[]), cast(:percents as numeric[]))
                     c(at, capture, value, change, percent)
                on conflict do nothing
                """)
                .setParameter("into", into.id())
                .setParameter("file", "indicator " + from.code())
                .setParameter("instants", texts(conflicts, Observation::observedAt))
                .setParameter("captures", texts(conflicts, Observation::captureId))
                .setParameter("values", texts(conflicts, o -> plain(o.value())))
                .setParameter("changes", texts(conflicts, o -> plain(o.change())))
                .setParameter("percents", texts(conflicts, o -> plain(o.changePercent())))
                .executeUpdate();
    }

    private static String[] texts(List<Observation> rows, Function<Observation, Object> field) {
        return rows.stream()
                .map(field)
                .map(value -> value == null ? null : value.toString())
                .toArray(String[]::new);
    }

    private static String plain(BigDecimal number) {
        return number == null ? null : number.toPlainString();
    }

    /**
     * Moves what is stored beside the observations. Bars of the time whose observations were deleted, in either series,
     * are final.
     */
    private void moveRest(int from, int into) {
        copy("observation_conflict", "observed_at, capture_id, value, change, change_percent, file", from, into);
        copy(
                "observation_superseded",
                COLUMNS.replaceFirst("indicator_id, ", "") + ", superseded_at, cause, note, superseded_by",
                from,
                into);
        copy("other_observation", "source, " + COLUMNS.replaceFirst("indicator_id, ", ""), from, into);
        Instant keptFrom = Stream.of(versions.keptFrom(from), versions.keptFrom(into))
                .max(Comparator.naturalOrder())
                .orElseThrow();
        if (keptFrom.isAfter(Instant.EPOCH)) {
            session.createNativeMutationQuery("""
                    insert into bar (indicator_id, measure, interval, start, open, high, low, close, sum, count, first_at, last_at)
                    select :into, measure, interval, start, open, high, low, close, sum, count, first_at, last_at
                    from bar where indicator_id = :from and start < :keptFrom
                    on conflict do nothing
                    """)
                    .setParameter("into", into)
                    .setParameter("from", from)
                    .setParameter("keptFrom", keptFrom)
                    .executeUpdate();
            session.createNativeMutationQuery(
                            "update series set pruned_before = greatest(pruned_before, :day) where indicator_id = :into")
                    .setParameter("day", Wib.date(keptFrom))
                    .setParameter("into", into)
                    .executeUpdate();
        }
    }

    private void copy(String table, String columns, int from, int into) {
        session.createNativeMutationQuery("insert into " + table + " (indicator_id, " + columns + ") select :into, "
                        + columns + " from " + table + " where indicator_id = :from on conflict do nothing")
                .setParameter("into", into)
                .setParameter("from", from)
                .executeUpdate();
    }

    private int execute(String sql, int from) {
        return session.createNativeMutationQuery(sql).setParameter("from", from).executeUpdate();
    }
}

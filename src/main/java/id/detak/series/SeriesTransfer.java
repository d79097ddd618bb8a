package id.detak.series;

import static id.detak.series.Observations.COLUMNS;
import static id.detak.series.Observations.PAGE_COLUMNS;
import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.indicator.Indicator;
import id.detak.platform.RejectedException;
import id.detak.platform.Wib;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** The rows that one transaction moves or deletes; polls wait for it, about a second. */
    static final int PART = 5_000;

    /** The rows that are not derived from others. */
    private static final String OBSERVED = "not (quality = 'implied' and capture_id is not null)";

    private final Session session;
    private final Observations observations;
    private final LeadingSources leading;
    private final DerivedDataUpdate derivedDataUpdate;
    private final SeriesVersions versions;

    SeriesTransfer(
            Session session,
            Observations observations,
            LeadingSources leading,
            DerivedDataUpdate derivedDataUpdate,
            SeriesVersions versions) {
        this.session = session;
        this.observations = observations;
        this.leading = leading;
        this.derivedDataUpdate = derivedDataUpdate;
        this.versions = versions;
    }

    /**
     * The result of a move.
     *
     * @param same the target had the same numbers at the same instant
     * @param conflicting the target had other numbers, which count; these are stored as conflicts
     * @param rejudged those in the target whose verdicts changed
     */
    public record Moved(long moved, long same, long conflicting, List<Rejudged> rejudged) {

        public static final Moved NOTHING = new Moved(0, 0, 0, List.of());

        public Moved plus(Moved other) {
            return new Moved(
                    moved + other.moved,
                    same + other.same,
                    conflicting + other.conflicting,
                    Stream.concat(rejudged.stream(), other.rejudged.stream()).toList());
        }
    }

    /** Locks the series until the transaction ends, so that nothing is recorded in between. */
    public void lock(List<Integer> indicatorIds) {
        versions.write(indicatorIds);
    }

    /**
     * Moves the oldest part of a long series in full trading days. Of two numbers for one instant, the one of the
     * target counts. On a day with numbers of several sources, those of the first one count. Both series are locked.
     *
     * @return empty if the rest is short, so that it can be moved at once
     * @throws RejectedException if the target has no level and the series has one
     */
    public Optional<Moved> movePart(Indicator from, Indicator into) {
        return endOfPart(from.id(), "observation where " + OBSERVED + " and ")
                .map(last -> move(from, into, leading.dayOf(into, last).end()));
    }

    /** Moves the rest of a series. */
    public Moved moveRest(Indicator from, Indicator into) {
        Moved moved = move(from, into, Observations.LATER_THAN_ALL);
        deleteRest(from.id());
        return moved;
    }

    private Moved move(Indicator from, Indicator into, Instant end) {
        if (!into.hasLevel() && hasValues(from.id())) {
            throw RejectedException.conflict(from.code() + " has values and " + into.code()
                    + " is a fund, which has only percents: their numbers cannot form one series.");
        }
        moveFinalBars(from.id(), into.id());
        Moved moved = Moved.NOTHING;
        Instant first = null;
        Instant last = null;
        for (List<Observation> page = page(from.id(), Instant.EPOCH, end);
                !page.isEmpty();
                page = page(from.id(), last.plus(1, ChronoUnit.MICROS), end)) {
            moved = moved.plus(move(page, from, into));
            first = first == null ? page.get(0).observedAt() : first;
            last = page.get(page.size() - 1).observedAt();
        }
        moveOtherTables(from.id(), into.id(), end);
        copyImports(from.id(), into.id());
        session.createNativeMutationQuery("delete from observation where indicator_id = :from and observed_at < :end")
                .setParameter("from", from.id())
                .setParameter("end", end)
                .executeUpdate();
        if (first == null) {
            return moved;
        }
        leading.separate(into, first, last);
        return moved.plus(new Moved(
                0,
                0,
                0,
                derivedDataUpdate.update(
                        into,
                        leading.dayOf(into, first).start(),
                        leading.dayOf(into, last).last())));
    }

    /**
     * Deletes the oldest part of a long series, which is locked.
     *
     * @return 0 if the rest is short, so that it can be deleted at once
     */
    public long deletePart(int indicatorId) {
        long deleted = 0;
        for (String table : List.of("other_observation", "observation")) {
            Optional<Instant> last = endOfPart(indicatorId, table + " where ");
            if (last.isPresent()) {
                deleted += session.createNativeMutationQuery(
                                "delete from " + table + " where indicator_id = :id and observed_at <= :last")
                        .setParameter("id", indicatorId)
                        .setParameter("last", last.get())
                        .executeUpdate();
            }
        }
        return deleted;
    }

    /** Deletes the rest of a series. */
    public long deleteRest(int indicatorId) {
        long deleted = 0;
        for (String table : List.of(
                "observation",
                "other_observation",
                "observation_conflict",
                "observation_superseded",
                "close_difference",
                "import_series",
                "bar")) {
            deleted += session.createNativeMutationQuery("delete from " + table + " where indicator_id = :id")
                    .setParameter("id", indicatorId)
                    .executeUpdate();
        }
        return deleted;
    }

    /** The time of the last row of a part; empty if the table has no more rows than one part. */
    private Optional<Instant> endOfPart(int id, String where) {
        return session.createNativeQuery(
                        "select observed_at from " + where
                                + "indicator_id = :id order by observed_at offset :part limit 1",
                        Instant.class)
                .setParameter("id", id)
                .setParameter("part", PART)
                .uniqueResultOptional();
    }

    private boolean hasValues(int id) {
        return session.createNativeQuery(
                        "select exists (select from observation where indicator_id = :id and value is not null)",
                        Boolean.class)
                .setParameter("id", id)
                .getSingleResult();
    }

    private List<Observation> page(int id, Instant from, Instant end) {
        return session
                .createNativeQuery(
                        "select " + COLUMNS
                                + " from observation where indicator_id = :id and observed_at >= :from and observed_at < :end and "
                                + OBSERVED + " order by observed_at limit :most",
                        ObservationRow.class)
                .setParameter("id", id)
                .setParameter("from", from)
                .setParameter("end", end)
                .setParameter("most", PART)
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
        session.createNativeMutationQuery("insert into observation (" + COLUMNS + ") select :into, "
                        + COLUMNS.replaceFirst("indicator_id, ", "")
                        + " from observation where indicator_id = :from and observed_at >= :first and observed_at <= :last and "
                        + OBSERVED
                        + " on conflict (indicator_id, observed_at) do nothing")
                .setParameter("into", into.id())
                .setParameter("from", from.id())
                .setParameter("first", page.get(0).observedAt())
                .setParameter("last", page.get(page.size() - 1).observedAt())
                .executeUpdate();
        return new Moved(page.size() - same - conflicts.size(), same, conflicts.size(), List.of());
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

    private void moveOtherTables(int from, int into, Instant end) {
        String numbers = COLUMNS.replaceFirst("indicator_id, ", "");
        String pageNumbers = PAGE_COLUMNS.replaceFirst("indicator_id, ", "");
        Map<String, String> columns = Map.of(
                "observation_conflict", "observed_at, capture_id, value, change, change_percent, file, import_id",
                "observation_superseded", numbers + ", superseded_at, cause, note, superseded_by",
                "other_observation", "source, " + pageNumbers);
        columns.forEach((table, of) -> {
            session.createNativeMutationQuery("insert into " + table + " (indicator_id, " + of + ") select :into, " + of
                            + " from " + table
                            + " where indicator_id = :from and observed_at < :end on conflict do nothing")
                    .setParameter("into", into)
                    .setParameter("from", from)
                    .setParameter("end", end)
                    .executeUpdate();
            session.createNativeMutationQuery(
                            "delete from " + table + " where indicator_id = :from and observed_at < :end")
                    .setParameter("from", from)
                    .setParameter("end", end)
                    .executeUpdate();
        });
    }

    /** An import that is undone later finds its observations in either series, also between two parts. */
    private void copyImports(int from, int into) {
        session.createNativeMutationQuery("""
                insert into import_series (indicator_id, import_id, first_at, last_at)
                select :into, import_id, first_at, last_at from import_series where indicator_id = :from
                on conflict (indicator_id, import_id) do update set
                    first_at = least(import_series.first_at, excluded.first_at), last_at = greatest(import_series.last_at, excluded.last_at)
                """)
                .setParameter("into", into)
                .setParameter("from", from)
                .executeUpdate();
    }

    /** Moves the final bars: those of the time whose observations were deleted in either series. */
    private void moveFinalBars(int from, int into) {
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
}

package id.detak.series.csv;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import id.detak.platform.RejectedException;
import id.detak.series.RecordCounts;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

/** The tables {@code file_import} and {@code import_series}. */
@ApplicationScoped
public class FileImports {

    /** More are only printed. */
    static final int MAX_COMPLAINTS = 100;

    private static final String SELECT = """
            select id, file, profile, actor, started_at, finished_at, created, same, conflicting, refused,
                   array_to_string(complaints, chr(10)) as complaints, undone_at, undone_by
            from file_import
            """;

    private final Session session;
    private final Clock clock;

    FileImports(Session session, Clock clock) {
        this.session = session;
        this.clock = clock;
    }

    private record Row(
            int id,
            String file,
            String profile,
            String actor,
            Instant startedAt,
            Instant finishedAt,
            long created,
            long same,
            long conflicting,
            long refused,
            String complaints,
            Instant undoneAt,
            String undoneBy) {

        FileImport toImport() {
            return new FileImport(
                    id,
                    file,
                    profile,
                    actor,
                    startedAt,
                    finishedAt,
                    new RecordCounts(created, same, conflicting, refused),
                    complaints.lines().toList(),
                    undoneAt,
                    undoneBy);
        }
    }

    /** The range of a series that has observations of an import. */
    public record Range(int indicatorId, Instant first, Instant last) {}

    @Transactional
    int begin(String file, String profile, String actor) {
        return session.createNativeQuery(
                        "insert into file_import (file, profile, actor, started_at) values (:file, :profile, :actor, :at) returning id",
                        Integer.class)
                .setParameter("file", file)
                .setParameter("profile", profile)
                .setParameter("actor", actor)
                .setParameter("at", now())
                .getSingleResult();
    }

    /**
     * Adds the counts of a batch.
     *
     * @throws RejectedException if the import was undone meanwhile, so that the batch is not stored
     */
    @Transactional(MANDATORY)
    void count(int id, RecordCounts counts) {
        int running = session.createNativeMutationQuery("""
                update file_import set created = created + :created, same = same + :same, conflicting = conflicting + :conflicting, refused = refused + :refused
                where id = :id and undone_at is null
                """)
                .setParameter("created", counts.created())
                .setParameter("same", counts.same())
                .setParameter("conflicting", counts.conflicting())
                .setParameter("refused", counts.refused())
                .setParameter("id", id)
                .executeUpdate();
        if (running == 0) {
            throw RejectedException.conflict("Import " + id + " was undone while it was running.");
        }
    }

    /** Observations of the range, both ends included, were stored. */
    @Transactional(MANDATORY)
    void extend(int id, int indicatorId, Instant first, Instant last) {
        session.createNativeMutationQuery("""
                insert into import_series (indicator_id, import_id, first_at, last_at) values (:indicator, :id, :first, :last)
                on conflict (indicator_id, import_id) do update set
                    first_at = least(import_series.first_at, excluded.first_at), last_at = greatest(import_series.last_at, excluded.last_at)
                """)
                .setParameter("indicator", indicatorId)
                .setParameter("id", id)
                .setParameter("first", first)
                .setParameter("last", last)
                .executeUpdate();
    }

    /** @param refused those that were not counted with a batch */
    @Transactional
    void finish(int id, long refused, List<String> complaints) {
        session.createNativeMutationQuery(
                        "update file_import set finished_at = :at, refused = refused + :refused, complaints = :complaints where id = :id")
                .setParameter("at", now())
                .setParameter("refused", refused)
                .setParameter(
                        "complaints",
                        complaints.stream()
                                .map(complaint ->
                                        complaint.replaceAll("\\R", " ").replace("\0", ""))
                                .toArray(String[]::new))
                .setParameter("id", id)
                .executeUpdate();
    }

    @Transactional
    public Optional<FileImport> find(int id) {
        return list(session.createNativeQuery(SELECT + " where id = :id", Row.class)
                        .setParameter("id", id))
                .stream()
                .findFirst();
    }

    /** @throws RejectedException if there is no such import */
    public FileImport get(int id) {
        return find(id).orElseThrow(() ->
                RejectedException.notFound("There is no such import. GET /api/v1/imports lists the imports."));
    }

    /** The newest first. */
    @Transactional
    public List<FileImport> before(int id, int most) {
        return list(session.createNativeQuery(SELECT + " where id < :id order by id desc limit :most", Row.class)
                .setParameter("id", id)
                .setParameter("most", most));
    }

    private static List<FileImport> list(NativeQuery<Row> query) {
        return query.getResultList().stream().map(Row::toImport).toList();
    }

    /** The series that have observations or conflicts of an import. */
    @Transactional
    public List<Range> ranges(int id) {
        return session.createNativeQuery(
                        "select indicator_id, first_at, last_at from import_series where import_id = :id order by indicator_id",
                        Range.class)
                .setParameter("id", id)
                .getResultList();
    }

    /** Forgets that a series has numbers of an import. */
    @Transactional(MANDATORY)
    public void deleteRange(int id, int indicatorId) {
        session.createNativeMutationQuery(
                        "delete from import_series where indicator_id = :indicator and import_id = :id")
                .setParameter("indicator", indicatorId)
                .setParameter("id", id)
                .executeUpdate();
    }

    /** From now on, the import can store nothing more. */
    @Transactional
    public void markUndone(int id, String by) {
        session.createNativeMutationQuery(
                        "update file_import set undone_at = :at, undone_by = :by where id = :id and undone_at is null")
                .setParameter("at", now())
                .setParameter("by", by)
                .setParameter("id", id)
                .executeUpdate();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

package id.detak.capture;

import id.detak.platform.Gzip;
import id.detak.platform.Sha256;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Stores captures. Storing the same capture twice makes one row. */
@ApplicationScoped
public class Captures implements PanacheRepositoryBase<Capture, UUID> {

    /** The clocks of two processes. */
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(2);

    private final KeptPages keptPages;

    Captures(KeptPages keptPages) {
        this.keptPages = keptPages;
    }

    /** Stores an attempt as a capture, unless that capture exists. */
    @Transactional(TxType.MANDATORY)
    public StoredCapture store(FetchAttempt attempt) {
        byte[] hash = attempt.page() == null ? null : Sha256.of(attempt.page());
        UUID id = id(attempt.source(), attempt.observedAt(), hash);
        // of two transactions that store the same capture, the second waits here and then finds it
        getSession()
                .createNativeQuery("select cast(pg_advisory_xact_lock(:id) as text)", String.class)
                .setParameter("id", id.getMostSignificantBits())
                .getSingleResult();
        Capture existing = findById(id);
        if (existing != null) {
            return new StoredCapture(existing, true);
        }
        Capture capture = new Capture();
        capture.id = id;
        capture.source = attempt.source();
        capture.via = attempt.via();
        capture.url = attempt.url();
        capture.observedAt = attempt.observedAt();
        capture.serverDate = attempt.serverDate();
        capture.outcome = attempt.outcome();
        capture.httpStatus = attempt.httpStatus();
        capture.reason = attempt.reason();
        capture.strip = attempt.strip();
        capture.stripClock = Capture.stripClock(attempt.stripClock());
        capture.unknown = List.copyOf(attempt.unknown());
        capture.contentHash =
                hash != null ? hash : attempt.unchangedSince() == null ? null : attempt.unchangedSince().contentHash;
        if (attempt.isPageWorthKeeping() && attempt.page() != null && !isPageKept(attempt.source(), hash)) {
            capture.page = Gzip.compress(attempt.page().getBytes(StandardCharsets.UTF_8));
        }
        persist(capture);
        if (capture.page != null && capture.via == Via.POLL) {
            keptPages.thin(capture.source);
        }
        return new StoredCapture(capture, false);
    }

    /** The source's newest capture with a strip. */
    public Optional<Capture> lastWithStrip(String source) {
        return find(
                        "source = ?1 and outcome in (?2, ?3) order by observedAt desc",
                        source,
                        FetchOutcome.OK,
                        FetchOutcome.UNCHANGED)
                .firstResultOptional();
    }

    /** The strip of a capture, if it is stored and has one. */
    @Transactional
    public Optional<String> strip(UUID id) {
        return findByIdOptional(id).map(Capture::strip);
    }

    /** The strips of the source's newest polls before a time, without those that found no strip. */
    public List<String> strips(String source, Instant before, int most) {
        return getSession()
                .createNativeQuery("""
                select strip from capture
                where source = :source and observed_at < :before and outcome in ('ok', 'unchanged') and via = 'poll'
                order by observed_at desc limit :most
                """, String.class)
                .setParameter("source", source)
                .setParameter("before", before)
                .setParameter("most", most)
                .getResultList();
    }

    /** Whether the same source has a newer capture. One from the future was made before a clock was set back. */
    public boolean isOutrun(Capture capture, Instant now) {
        return count(
                        "source = ?1 and observedAt > ?2 and observedAt <= ?3",
                        capture.source,
                        capture.observedAt,
                        now.plus(CLOCKS_DIFFER))
                > 0;
    }

    /** Time of the newest poll, of any source, that brought a strip. */
    public Optional<Instant> lastGoodPoll() {
        return Optional.ofNullable(
                getSession().createNativeQuery("""
                select max(c.observed_at)
                from source s
                cross join lateral (select observed_at from capture
                                    where source = s.name and via = 'poll' and outcome in ('ok', 'unchanged')
                                     -- later ones were made before the clock was set back
                                     and observed_at <= now() + interval '2 seconds'
                                   order by observed_at desc limit 1) c
                """, Instant.class).getSingleResult());
    }

    private record SourceOf(UUID id, String source) {}

    /** The sources of captures, by id. */
    public Map<UUID, String> sources(Collection<UUID> ids) {
        return find("id in ?1", ids).project(SourceOf.class).stream()
                .collect(Collectors.toMap(SourceOf::id, SourceOf::source));
    }

    /** Time of the newest poll with a strip of each active source; null if it never had one. */
    public Map<String, Instant> lastGoodPolls() {
        List<LastGoodPoll> rows =
                getSession().createNativeQuery("""
                select s.name, c.observed_at
                from source s
                left join lateral (select observed_at from capture
                                   where source = s.name and via = 'poll' and outcome in ('ok', 'unchanged')
                                     -- later ones were made before the clock was set back
                                     and observed_at <= now() + interval '2 seconds'
                                   order by observed_at desc limit 1) c on true
                where s.active order by s.name
                """, LastGoodPoll.class).getResultList();
        Map<String, Instant> polls = new LinkedHashMap<>();
        rows.forEach(row -> polls.put(row.source(), row.at()));
        return polls;
    }

    /** The source's newest capture, with or without a strip. */
    public Optional<Capture> last(String source) {
        return find("source = ?1 order by observedAt desc", source).firstResultOptional();
    }

    /**
     * The page of a capture without a strip, or with an incomplete one; of several with the same content, the first
     * keeps the page.
     */
    public Optional<String> page(Capture capture) {
        byte[] page = capture.page != null
                ? capture.page
                : find("source = ?1 and contentHash = ?2 and page is not null", capture.source, capture.contentHash)
                        .firstResultOptional()
                        .map(c -> c.page)
                        .orElse(null);
        return Optional.ofNullable(page).map(Captures::gunzip);
    }

    public boolean hasPage(Capture capture) {
        return capture.contentHash != null && isPageKept(capture.source, capture.contentHash);
    }

    public static boolean isSameContent(Capture capture, String page) {
        return capture.contentHash != null && Arrays.equals(capture.contentHash, Sha256.of(page));
    }

    private boolean isPageKept(String source, byte[] hash) {
        return count("source = ?1 and contentHash = ?2 and page is not null", source, hash) > 0;
    }

    /** Derives the id from source, time and content, so that the same capture always has the same id. */
    static UUID id(String source, Instant observedAt, byte[] hash) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(source.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(observedAt.toString().getBytes(StandardCharsets.US_ASCII));
        if (hash != null) {
            digest.update(hash);
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        long high = bytes.getLong() & ~0xF000L | 0x8000L; // version 8: vendor-specific (RFC 9562)
        long low = bytes.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low);
    }

    /** The id that the capture of a page has or will have. */
    public static UUID idOf(String source, Instant observedAt, String page) {
        return id(source, observedAt.truncatedTo(ChronoUnit.MICROS), Sha256.of(page));
    }

    private static String gunzip(byte[] bytes) {
        try {
            return new String(Gzip.decompress(bytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record LastGoodPoll(String source, Instant at) {}

    /** @param repeated whether the capture existed before */
    public record StoredCapture(Capture capture, boolean repeated) {}
}

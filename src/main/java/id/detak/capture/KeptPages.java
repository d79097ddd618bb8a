package id.detak.capture;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;

/**
 * Limits the pages that are kept because they have no strip or a less complete one ({@code DETAK_PAGES_MB}), so that a
 * source that sends another large page at each poll cannot fill the disk. Beyond the limits, the page that is closest
 * in time to its neighbours is dropped, as in the spool; the first and the newest page stay, and so do all captures.
 */
@ApplicationScoped
public class KeptPages {

    /** A source has at most this part of the whole. */
    private static final int SHARES = 4;

    private static final int MAX_PAGES = 2_000;
    /** A call drops at most as many pages in each round, since the intake waits for it; the next call continues. */
    private static final int MOST = 20;

    private static final int ROUNDS = 3;
    private static final long MEGABYTE = 1024 * 1024;

    private final Session session;
    private final long maxBytes;
    private final int maxPages;

    @Inject
    KeptPages(Session session, CaptureConfig config) {
        this(session, config.pagesMb() * MEGABYTE, MAX_PAGES);
    }

    KeptPages(Session session, long maxBytes, int maxPages) {
        this.session = session;
        this.maxBytes = maxBytes;
        this.maxPages = maxPages;
    }

    private record Total(String source, long pages, long bytes) {

        /** About how many pages are too many. */
        private long beyond(long maxPages, long maxBytes) {
            long ofBytes = (bytes - maxBytes) * pages / Math.max(1, bytes);
            return Math.max(1, Math.max(pages - maxPages, ofBytes));
        }
    }

    /** Drops pages until the limits hold, after one was added. If there are far more, several calls do it. */
    @Transactional(TxType.MANDATORY)
    public void thin(String source) {
        session.flush();
        for (int round = 0; round < ROUNDS; round++) {
            // the size of a stored value is known without reading it
            List<Total> totals = session.createNativeQuery("""
                    select source, count(*) as pages, sum(octet_length(page)) as bytes from capture
                    where page is not null group by source order by bytes desc
                    """, Total.class).getResultList();
            long all = totals.stream().mapToLong(Total::bytes).sum();
            Optional<Total> ofSource = totals.stream()
                    .filter(total -> total.source().equals(source)
                            && (total.bytes() > maxBytes / SHARES || total.pages() > maxPages))
                    .findFirst();
            if (ofSource.isEmpty() && all <= maxBytes) {
                return;
            }
            long beyond = ofSource.map(total -> total.beyond(maxPages, maxBytes / SHARES))
                    .orElseGet(() ->
                            totals.get(0).beyond(Long.MAX_VALUE, totals.get(0).bytes() - (all - maxBytes)));
            if (!drop(ofSource.orElse(totals.get(0)).source(), Math.min(beyond, MOST))) {
                return;
            }
        }
    }

    /**
     * Drops pages. Several at once are no neighbours, so that no long time is without a page.
     *
     * @return false if only the first and the newest page are left
     */
    private boolean drop(String source, long most) {
        int dropped = session.createNativeMutationQuery("""
                update capture set page = null where id in (
                  select id from (
                    select id, observed_at, lag(observed_at) over w as before, lead(observed_at) over w as after, row_number() over w as n from capture
                    where source = :source and page is not null window w as (order by observed_at, id)) kept
                  where before is not null and after is not null and (:most = 1 or mod(n, 2) = 0)
                  order by after - before, observed_at limit :most)
                """)
                .setParameter("source", source)
                .setParameter("most", most)
                .executeUpdate();
        if (dropped > 0) {
            Log.warnf(
                    "Dropped pages of %s (%d): more pages without a strip are kept than DETAK_PAGES_MB allows. Their captures stay.",
                    source, dropped);
        }
        return dropped > 0;
    }
}

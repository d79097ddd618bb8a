package id.detak.capture;

import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.List;
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

    private record Total(String source, long pages, long bytes) {}

    /** Drops pages until the limits hold, after one was added. */
    @Transactional(TxType.MANDATORY)
    public void thin(String source) {
        session.flush();
        while (true) {
            // the size of a stored value is known without reading it
            List<Total> totals = session.createNativeQuery("""
                    select source, count(*) as pages, sum(octet_length(page)) as bytes from capture
                    where page is not null group by source order by bytes desc
                    """, Total.class).getResultList();
            long all = totals.stream().mapToLong(Total::bytes).sum();
            boolean ofSource = totals.stream()
                    .anyMatch(total -> total.source().equals(source)
                            && (total.bytes() > maxBytes / SHARES || total.pages() > maxPages));
            if (!ofSource && all <= maxBytes
                    || !dropOne(ofSource ? source : totals.get(0).source())) {
                return;
            }
        }
    }

    /** @return false if only the first and the newest page are left */
    private boolean dropOne(String source) {
        int dropped = session.createNativeMutationQuery("""
                update capture set page = null where id = (
                  select id from (
                    select id, observed_at, lag(observed_at) over w as before, lead(observed_at) over w as after from capture
                    where source = :source and page is not null window w as (order by observed_at, id)) kept
                  where before is not null and after is not null order by after - before, observed_at limit 1)
                """)
                .setParameter("source", source)
                .executeUpdate();
        if (dropped == 1) {
            Log.warnf(
                    "Dropped a page of %s: more pages without a strip are kept than DETAK_PAGES_MB allows. Its capture stays.",
                    source);
        }
        return dropped == 1;
    }
}

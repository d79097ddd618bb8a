package id.detak.capture;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Kept pages have limits, and what is dropped leaves the whole time covered. */
@QuarkusTest
class KeptPagesTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of("Dropped pages of hostile");

    @Inject
    Session session;

    @Inject
    DataSource dataSource;

    @BeforeEach
    @AfterEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    /** Minutes of the pages that stay. */
    private List<Integer> kept(String source, KeptPages limit) {
        return QuarkusTransaction.requiringNew().call(() -> {
            limit.thin(source);
            return session.createNativeQuery("""
                    select cast(extract(minute from observed_at) as integer) from capture
                    where source = :source and page is not null order by observed_at
                    """, Integer.class)
                    .setParameter("source", source)
                    .getResultList();
        });
    }

    private void pages(String source, int bytes, int... minutes) {
        QuarkusTransaction.requiringNew().run(() -> {
            for (int minute : minutes) {
                session.createNativeMutationQuery("""
                        insert into capture (id, source, via, observed_at, outcome, page)
                        values (gen_random_uuid(), :source, 'poll', timestamptz '2026-11-25 03:00:00Z' + :minute * interval '1 minute', 'no-strip',
                                convert_to(repeat('x', :bytes), 'UTF8'))
                        """)
                        .setParameter("source", source)
                        .setParameter("minute", minute)
                        .setParameter("bytes", bytes)
                        .executeUpdate();
            }
        });
    }

    @Test
    void sourceHasAQuarterOfTheBytes() {
        pages("hostile", 1000, 0, 10, 11, 12, 30, 50);
        assertThat(kept("hostile", new KeptPages(session, 16_000, 100))).containsExactly(0, 11, 30, 50);
        assertThat(kept("hostile", new KeptPages(session, 1000, 100)))
                .as("the first and the newest")
                .containsExactly(0, 50);
    }

    @Test
    void sourceHasALimitedNumberOfPages() {
        pages("hostile", 10, 0, 1, 2, 3);
        assertThat(kept("hostile", new KeptPages(session, 1_000_000, 3))).hasSize(3);
    }

    @Test
    void manyPagesAreDroppedInSeveralCallsAndLeaveNoLongGap() {
        pages("hostile", 10, IntStream.range(0, 60).toArray());
        KeptPages limit = new KeptPages(session, 1_000_000, 25);
        List<Integer> first = kept("hostile", new KeptPages(session, 1_000_000, 40));
        assertThat(first).hasSize(40);
        for (int i = 1; i < first.size(); i++) {
            assertThat(first.get(i) - first.get(i - 1)).isLessThanOrEqualTo(2);
        }
        assertThat(kept("hostile", limit)).hasSize(25);
    }

    @Test
    void oneCallDropsALimitedNumberOfPages() {
        pages("hostile", 10, IntStream.range(0, 200).toArray());
        assertThat(kept("hostile", new KeptPages(session, 1_000_000, 2))).hasSize(140);
    }

    @Test
    void beyondTheWholeTheLargestSourceLoses() {
        pages("hostile", 1000, 0, 1, 2, 3);
        pages("other", 1000, 0);
        assertThat(kept("other", new KeptPages(session, 4500, 100))).containsExactly(0);
        assertThat(kept("hostile", new KeptPages(session, 100_000, 100))).hasSize(3);
    }
}

package id.detak.page.overview;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.indicator.Indicators;
import id.detak.page.shared.Formats;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Locale;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The overview costs as many statements for many indicators as for few. */
@QuarkusTest
class OverviewStatementsTest {

    private static final int MOST = 12;
    /** The indicators and their labels, which are read again each second. */
    private static final int READ_AGAIN = 2;

    @Inject
    Overview overview;

    @Inject
    Indicators indicators;

    @Inject
    EntityManager em;

    @Inject
    DataSource dataSource;

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
    }

    @AfterEach
    void removeIndicators() {
        TestDatabase.empty(dataSource);
        execute("delete from indicator where code like 'MANY%'");
        indicators.invalidate();
    }

    @Test
    void statementsDoNotGrowWithTheNumberOfIndicators() {
        add(12);
        long few = statements();
        add(500);
        assertThat(shown()).isGreaterThanOrEqualTo(500);
        assertThat(few).isLessThanOrEqualTo(MOST + READ_AGAIN);
        assertThat(statements()).isLessThanOrEqualTo(MOST + READ_AGAIN);
    }

    private long shown() {
        return overview.view(new Formats(Locale.ENGLISH), null, 0).groups().stream()
                .mapToLong(group -> group.cards().size())
                .sum();
    }

    /** An hour of ten minutes today and thirty days of bars; some need the stored close, and some have gaps. */
    private void add(int indicatorCount) {
        execute("""
                insert into indicator (code, name_id, name_en, kind, unit)
                select 'MANY' || n, 'MANY', 'MANY', case mod(n, 4) when 0 then 'gold' when 1 then 'index' when 2 then 'other' else 'currency' end, ''
                from generate_series(1, %d) n on conflict do nothing
                """.formatted(indicatorCount));
        execute(
                "insert into series (indicator_id, version) select id, 1 from indicator where code like 'MANY%' on conflict do nothing");
        execute("""
                insert into capture (id, source, via, observed_at, outcome)
                values ('00000000-0000-0000-0000-000000000001', 'kontan', 'poll', timestamptz '2026-11-25 14:00:00+07', 'ok') on conflict do nothing
                """);
        execute("""
                insert into observation (indicator_id, observed_at, value, quality, trading_day, capture_id)
                select i.id, timestamptz '2026-11-25 10:00:00+07' + n * interval '40 minutes', 100 + n, 'ok', date '2026-11-25',
                       '00000000-0000-0000-0000-000000000001'
                from indicator i, generate_series(0, 6) n where i.code like 'MANY%' on conflict do nothing
                """);
        execute("""
                insert into bar (indicator_id, measure, interval, start, open, high, low, close, sum, count, first_at, last_at)
                select i.id, 'value', '1d', d, 100, 101, 99, 100, 100, 1, d + interval '10 hours', d + interval '10 hours'
                from indicator i, generate_series(timestamptz '2026-10-25 00:00:00+07', timestamptz '2026-11-25 00:00:00+07', interval '1 day') d
                where i.code like 'MANY%' on conflict do nothing
                """);
        indicators.invalidate();
    }

    private void execute(String sql) {
        QuarkusTransaction.requiringNew().run(() -> em.createNativeQuery(sql).executeUpdate());
    }

    /** The least of some runs, since the count is that of the whole process. */
    private long statements() {
        Statistics statistics =
                em.getEntityManagerFactory().unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        try {
            return LongStream.range(0, 3)
                    .map(i -> {
                        long before = statistics.getPrepareStatementCount();
                        shown();
                        return statistics.getPrepareStatementCount() - before;
                    })
                    .min()
                    .orElseThrow();
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }
}

package id.detak.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.arjuna.ats.jta.transaction.Transaction;
import id.detak.capture.Sources;
import id.detak.capture.Via;
import id.detak.indicator.Indicator;
import id.detak.indicator.Indicators;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionScoped;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Work that may read years of observations runs under a longer limit than the default of 60 s. */
@QuarkusTest
class TransactionTimeoutTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of().orPerhaps("kontan: ");

    private static final Instant AT = Instant.parse("2026-11-23T03:00:00Z");
    private static final int FIVE_MINUTES = 300;

    @Inject
    Intake intake;

    @Inject
    VoidService voiding;

    @Inject
    Polls polls;

    @Inject
    Sources sources;

    @Inject
    Indicators indicators;

    @Inject
    DataSource dataSource;

    /** Remembers the time limit of the longest transaction of a thread. */
    @ApplicationScoped
    static class LongestTimeout {

        private static final ThreadLocal<Integer> SECONDS = ThreadLocal.withInitial(() -> 0);

        @Inject
        TransactionManager transactions;

        void onBegin(@Observes @Initialized(TransactionScoped.class) Object begun) throws SystemException {
            SECONDS.set(Math.max(SECONDS.get(), ((Transaction) transactions.getTransaction()).getTimeout()));
        }
    }

    @BeforeEach
    void empty() {
        TestDatabase.empty(dataSource);
        LongestTimeout.SECONDS.remove();
    }

    private IntakeResult post() {
        return intake.take(new Arrival(
                "post:api",
                Via.POST,
                null,
                AT,
                null,
                null,
                new Arrival.Page(Pages.strip("LQ45 900,00 -10,00 -1,10%"))));
    }

    @Test
    void postedPagesHaveFiveMinutes() {
        post();
        assertThat(LongestTimeout.SECONDS.get()).isEqualTo(FIVE_MINUTES);
    }

    @Test
    void manualPollsHaveFiveMinutes() {
        polls.pollNow(QuarkusTransaction.requiringNew()
                .call(() -> sources.configured().get(0)));
        assertThat(LongestTimeout.SECONDS.get()).isEqualTo(FIVE_MINUTES);
    }

    @Test
    void voidingAndTakingBackHaveFiveMinutes() {
        post();
        Indicator lq45 = QuarkusTransaction.requiringNew()
                .call(() -> indicators.find("LQ45").orElseThrow());
        LongestTimeout.SECONDS.remove();
        voiding.voidAt(lq45, AT, "wrong", "admin");
        assertThat(LongestTimeout.SECONDS.get()).isEqualTo(FIVE_MINUTES);
        LongestTimeout.SECONDS.remove();
        voiding.takeBack(lq45, AT);
        assertThat(LongestTimeout.SECONDS.get()).isEqualTo(FIVE_MINUTES);
    }
}

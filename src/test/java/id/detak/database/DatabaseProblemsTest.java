package id.detak.database;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import io.quarkus.arc.ArcUndeclaredThrowableException;
import io.quarkus.narayana.jta.QuarkusTransactionException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class DatabaseProblemsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of("The database is unavailable", "A database operation failed");

    private static final SQLException BROKEN_CONNECTION = new SQLException("broken", "08006");
    private static final SQLException SYNTAX_ERROR = new SQLException("syntax", "42601");

    @Test
    void temporaryFailuresAre503WithRetryAfter() {
        assertThat(new DatabaseProblems.OnConnection().toResponse(BROKEN_CONNECTION))
                .satisfies(this::isUnavailable);
        assertThat(new DatabaseProblems.OnStatement().toResponse(new PersistenceException(BROKEN_CONNECTION)))
                .satisfies(this::isUnavailable);
        assertThat(new DatabaseProblems.OnCommit().toResponse(new RollbackException("rolled back")))
                .satisfies(this::isUnavailable);
        assertThat(new DatabaseProblems.OnUndeclared()
                        .toResponse(new ArcUndeclaredThrowableException("", new RollbackException("rolled back"))))
                .satisfies(this::isUnavailable);
        assertThat(new DatabaseProblems.OnTransaction().toResponse(new QuarkusTransactionException("rolled back")))
                .satisfies(this::isUnavailable);
    }

    @Test
    void permanentFailuresAre500() {
        assertThat(new DatabaseProblems.OnStatement()
                        .toResponse(new PersistenceException(SYNTAX_ERROR))
                        .getStatus())
                .isEqualTo(500);
    }

    private void isUnavailable(Response response) {
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("5");
    }
}

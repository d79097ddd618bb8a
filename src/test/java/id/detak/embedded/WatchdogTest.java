package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class WatchdogTest {

    @RegisterExtension
    static final ExpectedLog LOG =
            ExpectedLog.of("PostgreSQL died; starting it again on port \\d+").orPerhaps("PostgreSQL");

    @RegisterExtension
    final Testbed bed = new Testbed();

    @Test
    void killedServerRestartsOnSamePortWithCommittedRows() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);
        Testbed.execute(postgres, "INSERT INTO kept VALUES ('committed')");
        ProcessHandle killed = Testbed.postmaster(data);
        killed.destroyForcibly();

        int port = Integer.parseInt(postgres.jdbcUrl().replaceFirst(".*:(\\d+)/.*", "$1"));
        EmbeddedDatabase database = new EmbeddedDatabase(port, postgres.password());
        Testbed.await(() -> !Postmaster.isRunning(killed));
        Testbed.await(database::answers);

        assertThat(Testbed.ask(postgres, "SELECT count(*) FROM kept")).isEqualTo("2");
        assertThat(Testbed.ask(postgres, "SHOW fsync")).isEqualTo("on");
        long pid = Testbed.postmaster(data).pid();
        assertThat(pid).isNotEqualTo(killed.pid());
        EmbeddedFolder folder = EmbeddedFolder.prepare(data);
        Testbed.await(() -> RunningServer.read(folder).orElseThrow().pid() == pid);
    }

    @Test
    void closedServerIsNotRestarted() throws Exception {
        Path data = bed.dataWithDatabase();
        Set<Thread> others = watchdogs();
        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);
        Set<Thread> own = watchdogs();
        own.removeAll(others);
        assertThat(own).hasSize(1);
        postgres.close();

        // a watchdog that has ended starts nothing
        Testbed.await(() -> own.stream().noneMatch(Thread::isAlive));

        Testbed.awaitNoPostmaster(data);
        assertThat(Files.exists(data.resolve("postgres/postmaster.pid"))).isFalse();
    }

    private static Set<Thread> watchdogs() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("detak-postgres-watchdog"))
                .collect(Collectors.toSet());
    }
}

package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class OwnershipTest {

    @RegisterExtension
    final Testbed bed = new Testbed();

    @Test
    void secondServerProcessIsRefused() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres first = bed.open(data, Role.SERVE);

        assertThatThrownBy(() -> bed.open(data, Role.SERVE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("already serves from " + data)
                .hasMessageContaining("DETAK_DB_URL");
        assertThat(bed.start(data, Role.SERVE).says()).contains("already serves from " + data);

        assertThat(Testbed.ask(first, "SELECT value FROM kept")).isEqualTo("first");
        assertThat(bed.start(data, Role.COMMAND).says()).startsWith("guest");
    }

    @Test
    void serverWaitsForCommandToFinish() throws Exception {
        Path data = bed.dataWithDatabase();
        DetakProcess.Handle command = bed.start(data, Role.COMMAND);
        assertThat(command.says()).startsWith("owner");

        AtomicReference<Thread> opening = new AtomicReference<>();
        CompletableFuture<EmbeddedPostgres> serve =
                CompletableFuture.supplyAsync(() -> bed.open(data, Role.SERVE), task -> {
                    opening.set(new Thread(task));
                    opening.get().start();
                });
        Testbed.awaitPauses(opening.get(), ServerOpener.class, "open", 5);
        assertThat(serve).isNotDone();
        command.letGo();

        assertThat(serve.get(60, TimeUnit.SECONDS).isOwner()).isTrue();
    }

    @Test
    void commandUsesRunningServerAndLeavesItRunning() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres serve = bed.open(data, Role.SERVE);

        DetakProcess.Handle command = bed.start(data, Role.COMMAND);
        assertThat(command.says()).isEqualTo("guest " + serve.jdbcUrl() + " answered");
        EmbeddedPostgres here = bed.open(data, Role.COMMAND);
        assertThat(here.isOwner()).isFalse();
        here.close();
        command.letGo();
        assertThat(command.says()).isEqualTo("closed");

        assertThat(Testbed.ask(serve, "SELECT value FROM kept")).isEqualTo("first");
        assertThat(Testbed.postmasters(data)).isEqualTo(1);
    }

    @Test
    void stoppingServerDoesNotWaitForCommands() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres serve = bed.open(data, Role.SERVE);
        DetakProcess.Handle command = bed.start(data, Role.COMMAND);
        assertThat(command.says()).startsWith("guest");

        serve.close();

        assertThat(command.isAlive()).isTrue();
        Testbed.awaitNoPostmaster(data);
    }

    @Test
    void concurrentCommandsShareServerUntilTheLastEnds() throws Exception {
        Path data = bed.dataWithDatabase();
        DetakProcess.Handle one = bed.start(data, Role.COMMAND);
        DetakProcess.Handle other = bed.start(data, Role.COMMAND);
        String first = one.says();
        String second = other.says();
        assertThat(List.of(first.split(" ")[0], second.split(" ")[0])).containsExactlyInAnyOrder("owner", "guest");
        assertThat(first.split(" ")[1]).isEqualTo(second.split(" ")[1]);
        DetakProcess.Handle owner = first.startsWith("owner") ? one : other;
        DetakProcess.Handle guest = owner == one ? other : one;

        owner.letGo();
        assertThat(owner.says()).isEqualTo(DetakProcess.WAITS_FOR_USERS);
        assertThat(owner.isAlive()).isTrue();
        assertThat(Testbed.postmasters(data)).isEqualTo(1);
        guest.letGo();

        assertThat(guest.says()).isEqualTo("closed");
        assertThat(owner.says()).isEqualTo("closed");
        Testbed.awaitNoPostmaster(data);
    }

    @Test
    void overlappingCommandsAlwaysFindADatabase() throws Exception {
        Path data = bed.dataWithDatabase();
        List<CompletableFuture<Integer>> commands = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            commands.add(CompletableFuture.supplyAsync(() -> comeAndGo(data, 6)));
        }

        int done = 0;
        for (CompletableFuture<Integer> command : commands) {
            done += command.get(120, TimeUnit.SECONDS);
        }

        assertThat(done).isEqualTo(18);
        Testbed.awaitNoPostmaster(data);
    }

    private static int comeAndGo(Path data, int times) {
        int done = 0;
        for (int i = 0; i < times; i++) {
            try (EmbeddedPostgres postgres = EmbeddedPostgres.open(data, Role.COMMAND, Testbed.BINARIES)) {
                if (Testbed.ask(postgres, "SELECT value FROM kept").equals("first")) {
                    done++;
                }
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        return done;
    }
}

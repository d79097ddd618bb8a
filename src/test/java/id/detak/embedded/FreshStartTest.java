package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class FreshStartTest {

    @RegisterExtension
    final Testbed bed = new Testbed();

    @Test
    void newFolderGetsDurablePasswordProtectedLocalDatabase() throws Exception {
        EmbeddedPostgres postgres = bed.open(bed.data(), Role.SERVE);

        assertThat(postgres.isOwner()).isTrue();
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
            assertThat(Testbed.ask(postgres, "SHOW " + setting)).as(setting).isEqualTo("on");
        }
        assertThat(Testbed.ask(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
        assertThat(Testbed.ask(postgres, "SHOW log_timezone")).isEqualTo("UTC");
        assertThat(Testbed.ask(postgres, "SELECT datlocale FROM pg_database WHERE datname = current_database()"))
                .isEqualTo("C.UTF-8");
        assertThatThrownBy(() -> DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        assertThat(bed.data().resolve("postgres.new")).doesNotExist();
        assertOnlyLoopbackListens(postgres);
        assertOnlyOwnerReads(bed.data());
    }

    private static void assertOnlyLoopbackListens(EmbeddedPostgres postgres) throws Exception {
        assertThat(Testbed.ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(Testbed.ask(postgres, "SHOW unix_socket_directories")).isEmpty();
        int port = Integer.parseInt(Testbed.ask(postgres, "SHOW port"));
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(network.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, port), 1000);
                                }
                            })
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    private static void assertOnlyOwnerReads(Path data) throws Exception {
        assumeTrue(Files.getFileStore(data).supportsFileAttributeView("posix"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
        for (String secret : List.of("database-password", "server.properties")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void rowsSurviveRestartAndClosingTwiceIsAllowed() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres first = bed.open(data, Role.SERVE);
        String password = first.password();
        Testbed.execute(first, "INSERT INTO kept VALUES ('second')");
        first.close();
        first.close();
        assertThat(data.resolve("server.properties")).doesNotExist();
        Testbed.awaitNoPostmaster(data);

        EmbeddedPostgres second = bed.open(data, Role.SERVE);

        assertThat(second.password()).isEqualTo(password);
        assertThat(Testbed.ask(second, "SELECT string_agg(value, ' ' ORDER BY value) FROM kept"))
                .isEqualTo("first second");
    }

    @Test
    void interruptedThreadStopsItsServer() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres postgres = bed.open(data, Role.COMMAND);

        Thread.currentThread().interrupt();
        postgres.close();

        assertThat(Thread.interrupted()).isTrue();
        Testbed.awaitNoPostmaster(data);
    }

    @Test
    void folderNameMayHaveBlanksAndForeignLetters() throws Exception {
        DetakProcess.Handle made = bed.track(DetakProcess.startInOddlyNamedFolder(bed.folder(), Role.SERVE));
        assertThat(made.says()).startsWith("owner ").endsWith("answered");
        made.letGo();
        assertThat(made.says()).isEqualTo("closed");

        DetakProcess.Handle again = bed.track(DetakProcess.startInOddlyNamedFolder(bed.folder(), Role.SERVE));

        assertThat(again.says()).startsWith("owner ").endsWith("answered");
    }
}

package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class RefusalTest {

    @RegisterExtension
    final Testbed bed = new Testbed();

    @Test
    void databaseWithoutDurabilityIsRefused() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);
        Testbed.execute(postgres, "ALTER ROLE detak SET synchronous_commit = off");
        postgres.close();

        assertThatThrownBy(() -> bed.open(data, Role.SERVE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("synchronous_commit off")
                .hasMessageContaining("ALTER ROLE detak RESET synchronous_commit");
        Testbed.awaitNoPostmaster(data);
    }

    @Test
    void commandLineOverridesPostgresqlConf() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.writeString(
                data.resolve("postgres/postgresql.auto.conf"),
                "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nlisten_addresses = '*'\n");

        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);

        assertThat(Testbed.ask(postgres, "SHOW fsync")).isEqualTo("on");
        assertThat(Testbed.ask(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
    }

    @Test
    void otherMajorVersionIsRefusedAndKept() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.writeString(data.resolve("postgres/PG_VERSION"), "17\n");

        assertRefusedAndKept(data, "is of PostgreSQL 17 and this detak carries 18", "command 'upgrade'");
        Files.writeString(data.resolve("postgres/PG_VERSION"), "99\n");

        assertRefusedAndKept(data, "is of PostgreSQL 99 and this detak carries 18", "'backup'");
    }

    /** A command that root runs must leave no file behind that the user of the server cannot change. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void databaseOfAnotherUserIsLeftAlone() throws Exception {
        Path data = bed.dataWithDatabase();
        Assumptions.assumeTrue(
                Files.getAttribute(data, "unix:uid").equals(0), "only root can give a folder to another user");
        Files.setAttribute(data.resolve("postgres"), "unix:uid", 12345);
        Set<String> before = files(data);
        for (Role role : Role.values()) {
            assertThatThrownBy(() -> bed.open(data, role))
                    .isInstanceOf(DatabaseUnavailableException.class)
                    .hasMessageContaining("belongs to the user 12345");
        }
        assertThatThrownBy(() -> MajorUpgrade.begin(data))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("belongs to the user 12345");
        assertThat(files(data)).isEqualTo(before);
    }

    @Test
    void databaseWithoutPasswordFileIsRefusedAndKept() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.delete(data.resolve("database-password"));

        assertRefusedAndKept(data, "its password in " + data.resolve("database-password"), "from a backup");
        assertThat(data.resolve("database-password")).doesNotExist();
    }

    @Test
    void wrongPasswordIsRefusedWithoutShowingIt() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.writeString(data.resolve("database-password"), "of-another-database\n");

        assertRefusedAndKept(data, "does not accept the password in", "from a backup");
    }

    @Test
    void failedStartReportsReasonAndDeletesNothing() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.writeString(data.resolve("postgres/postgresql.conf"), "this is no configuration\n");

        assertRefusedAndKept(data, "syntax error in file", "Nothing was deleted");
    }

    @Test
    void folderWithOtherFilesIsRefusedAndKept() throws Exception {
        Path notes = Files.createDirectories(bed.data().resolve("postgres"));
        Files.writeString(notes.resolve("notes.txt"), "mine");

        assertRefusedAndKept(bed.data(), "has files but no database", "DETAK_DATA");
    }

    private void assertRefusedAndKept(Path data, String why, String wayOut) throws IOException {
        Set<String> before = files(data.resolve("postgres"));
        assertThatThrownBy(() -> bed.open(data, Role.SERVE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(wayOut)
                .message()
                .doesNotContain("\n", "of-another-database");
        assertThat(files(data.resolve("postgres"))).containsAll(before);
        assertThat(data.resolve("server.properties")).doesNotExist();
        Testbed.awaitNoPostmaster(data);
    }

    /** The files without the caches that a server clears and rewrites. */
    private static Set<String> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.endsWith("pg_internal.init") && !path.endsWith("pgstat.stat"))
                    .map(Path::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void folderNameUnsafeForShellIsRefused() {
        assertThatThrownBy(() -> bed.open(bed.folder().resolve("cost $5"), Role.SERVE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("choose another data folder");
    }

    @Test
    void fileInPlaceOfFolderIsRefused() throws Exception {
        Files.writeString(bed.data(), "a file");

        assertThatThrownBy(() -> bed.open(bed.data(), Role.SERVE))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("is a file")
                .hasMessageContaining("DETAK_DATA");
    }
}

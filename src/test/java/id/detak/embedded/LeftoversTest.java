package id.detak.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.BesideTheApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@BesideTheApplication
class LeftoversTest {

    @RegisterExtension
    final Testbed bed = new Testbed();

    @Test
    void interruptedInitdbIsRepeatedWithSamePassword() throws Exception {
        Path half = Files.createDirectories(bed.data().resolve("postgres.new"));
        Files.writeString(half.resolve("PG_VERSION"), "18\n");
        Files.writeString(half.resolve("postgresql.conf"), "half of it");
        Files.writeString(bed.data().resolve("database-password"), "kept-from-the-first-try\n");

        EmbeddedPostgres postgres = bed.open(bed.data(), Role.SERVE);

        assertThat(postgres.password()).isEqualTo("kept-from-the-first-try");
        assertThat(Testbed.ask(postgres, "SELECT 1")).isEqualTo("1");
        assertThat(half).doesNotExist();
    }

    @Test
    void databaseMissingAfterKillIsCreatedAtNextStart() throws Exception {
        Path data = bed.dataWithDatabase();
        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);
        Testbed.execute(postgres, "CREATE DATABASE elsewhere");
        String url = postgres.jdbcUrl().replaceFirst("/detak$", "/elsewhere");
        try (var connection = DriverManager.getConnection(url, postgres.username(), postgres.password())) {
            connection.createStatement().execute("DROP DATABASE detak WITH (FORCE)");
        }
        postgres.close();

        EmbeddedPostgres again = bed.open(data, Role.SERVE);

        assertThat(Testbed.ask(again, "SELECT current_database()")).isEqualTo("detak");
    }

    @Test
    void pidFileOfDeadProcessIsIgnored() throws Exception {
        Path data = bed.dataWithDatabase();
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        writePidFile(data, String.valueOf(dead.pid()));

        assertThat(Testbed.ask(bed.open(data, Role.SERVE), "SELECT value FROM kept"))
                .isEqualTo("first");
    }

    @Test
    void emptyPidFileIsIgnored() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.createFile(data.resolve("postgres/postmaster.pid"));

        assertThat(Testbed.ask(bed.open(data, Role.SERVE), "SELECT value FROM kept"))
                .isEqualTo("first");
    }

    @Test
    void foreignProcessWithReusedPidIsLeftAlone() throws Exception {
        Path data = bed.dataWithDatabase();
        Process foreign = new ProcessBuilder("sleep", "600").start();
        bed.track(foreign::destroy);
        writePidFile(data, String.valueOf(foreign.pid()));

        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);
        assertThat(Testbed.ask(postgres, "SELECT value FROM kept")).isEqualTo("first");
        postgres.close();

        assertThat(foreign.isAlive()).isTrue();
    }

    private static void writePidFile(Path data, String pid) throws IOException {
        Files.write(
                data.resolve("postgres/postmaster.pid"),
                List.of(
                        pid,
                        data.resolve("postgres").toString(),
                        "1700000000",
                        "1",
                        "",
                        "127.0.0.1",
                        "  0         0",
                        "ready   "));
    }

    @Test
    void serverOfKilledDetakIsReplacedAndKeepsRows() throws Exception {
        Path data = bed.dataWithDatabase();
        DetakProcess.Handle killed = bed.start(data, Role.SERVE);
        String url = killed.says().split(" ")[1];
        String password = Files.readString(data.resolve("database-password")).strip();
        try (var connection = DriverManager.getConnection(url, "detak", password)) {
            connection.createStatement().execute("INSERT INTO kept VALUES ('before the kill')");
        }
        ProcessHandle orphan = Testbed.postmaster(data);
        killed.kill();
        assertThat(orphan.isAlive()).isTrue();

        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);

        assertThat(postgres.isOwner()).isTrue();
        assertThat(Testbed.ask(postgres, "SELECT count(*) FROM kept")).isEqualTo("2");
        assertThat(Postmaster.isRunning(orphan)).isFalse();
        assertThat(Testbed.postmasters(data)).isEqualTo(1);
    }

    @Test
    void serverOfKilledDetakIsFoundAfterFolderWasMoved() throws Exception {
        Path before = bed.dataWithDatabase();
        DetakProcess.Handle killed = bed.start(before, Role.SERVE);
        killed.says();
        ProcessHandle orphan = Testbed.postmaster(before);
        killed.kill();
        Path after = Files.move(before, bed.folder().resolve("moved"));

        EmbeddedPostgres postgres = bed.open(after, Role.SERVE);

        assertThat(Postmaster.isRunning(orphan)).isFalse();
        assertThat(Testbed.ask(postgres, "SELECT value FROM kept")).isEqualTo("first");
    }

    @Test
    void folderUntouchedForADayIsKept() throws Exception {
        Path data = bed.dataWithDatabase();
        Files.createFile(data.resolve("epg-lock"));
        Files.createFile(data.resolve("postgres/epg-lock"));
        Path bystander = Files.createDirectory(data.resolve("8b6a7c1e-0f5d-4a39-9a53-0d6c2e6b1f00"));
        Files.createFile(bystander.resolve("epg-lock"));
        FileTime yesterday = FileTime.from(Instant.now().minus(Duration.ofDays(1)));
        try (Stream<Path> paths = Files.walk(bed.folder())) {
            for (Path path : paths.toList()) {
                Files.setLastModifiedTime(path, yesterday);
            }
        }

        EmbeddedPostgres postgres = bed.open(data, Role.SERVE);

        assertThat(Testbed.ask(postgres, "SELECT value FROM kept")).isEqualTo("first");
        assertThat(data.resolve("epg-lock")).exists();
        assertThat(bystander.resolve("epg-lock")).exists();
    }
}

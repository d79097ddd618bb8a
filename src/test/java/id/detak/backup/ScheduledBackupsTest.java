package id.detak.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.database.Database;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.embedded.SharedBinaries;
import id.detak.platform.BadSettingException;
import id.detak.platform.DataFolder;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.ReleasedSchema;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@BesideTheApplication
class ScheduledBackupsTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of("The scheduled backup failed");

    private static final Duration EVERY = Duration.ofHours(6);

    @TempDir
    static Path shared;

    @TempDir
    Path folder;

    private static EmbeddedPostgres postgres;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Instant now = Instant.parse("2026-11-25T12:00:00Z");
    private final Clock clock = ((InstantSource) () -> now).withZone(ZoneOffset.UTC);

    @BeforeAll
    static void start() throws Exception {
        SharedBinaries.link(shared);
        postgres = EmbeddedPostgres.open(shared, Role.COMMAND);
        ReleasedSchema.write(database(), "3");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    private static Database database() {
        return new Database(postgres.jdbcUrl(), postgres.username(), postgres.password(), null);
    }

    private ScheduledBackups backups(int keep) {
        return backups(keep, Optional.of(EVERY), folder.resolve("backups"));
    }

    private ScheduledBackups backups(int keep, Optional<Duration> every, Path target) {
        BackupConfig config = new BackupConfig() {
            @Override
            public Optional<Duration> backupEvery() {
                return every;
            }

            @Override
            public Optional<String> backupFolder() {
                return Optional.of(target.toString());
            }

            @Override
            public int backupKeep() {
                return keep;
            }
        };
        return new ScheduledBackups(
                config, new DataFolder(shared), new Backup(database(), shared, false, clock), clock, registry);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("backups"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("backup.lock"))
                    .sorted()
                    .toList();
        }
    }

    private double age() {
        return registry.get("detak.backup.age").gauge().value();
    }

    @Test
    void newestBackupsAreKeptAtTheInterval() throws Exception {
        ScheduledBackups backups = backups(2);
        backups.runIfDue();
        assertThat(files()).containsExactly("detak-20261125T120000Z.zip");
        assertThat(BackupFile.open(folder.resolve("backups/detak-20261125T120000Z.zip"))
                        .summary()
                        .rows())
                .isPositive();
        now = now.plus(EVERY).minusSeconds(1);
        assertThat(age()).isEqualTo(EVERY.toSeconds() - 1.0);
        backups.runIfDue();
        assertThat(files()).hasSize(1);
        now = now.plusSeconds(1);
        Files.writeString(folder.resolve("backups/notes.zip"), "mine");
        Files.writeString(folder.resolve("backups/detak-20261125T060000Z.zip123.part"), "of a killed process");
        backups.runIfDue();
        backups(2).runIfDue();
        now = now.plus(EVERY);
        backups.runIfDue();
        assertThat(files()).containsExactly("detak-20261125T180000Z.zip", "detak-20261126T000000Z.zip", "notes.zip");
    }

    @Test
    void clocksThatAreSetBackDoNotDelayTheNextBackup() throws Exception {
        ScheduledBackups backups = backups(7);
        backups.runIfDue();
        now = now.minus(Duration.ofDays(30));
        backups.runIfDue();
        assertThat(files()).containsExactly("detak-20261026T120000Z.zip", "detak-20261125T120000Z.zip");
        assertThat(age()).isZero();
        now = now.plusSeconds(30);
        backups.runIfDue();
        assertThat(files()).as("not due again").hasSize(2);
        assertThat(age()).isEqualTo(30);
    }

    @Test
    void backupsDatedInTheFutureAreNeitherCountedNorDeleted() throws Exception {
        Files.createDirectories(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/detak-20991231T000000Z.zip"), "by a wrong clock");
        ScheduledBackups backups = backups(1);
        backups.runIfDue();
        now = now.plus(EVERY);
        backups.runIfDue();
        assertThat(files()).containsExactly("detak-20261125T180000Z.zip", "detak-20991231T000000Z.zip");
    }

    @Test
    void unfinishedBackupsOfOthersAreLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("backups"));
        Files.writeString(folder.resolve("backups/detak-before-the-move.zip77.part"), "of the command 'backup'");
        Files.writeString(folder.resolve("backups/detak-20261125T060000Z.zip77.part"), "of a killed process");
        backups(1).runIfDue();
        assertThat(files()).containsExactly("detak-20261125T120000Z.zip", "detak-before-the-move.zip77.part");
    }

    @Test
    void failedBackupsAreRetriedAndTheirAgeGrows() throws Exception {
        Path blocked = folder.resolve("backups");
        Files.writeString(blocked, "a file where the folder should be");
        ScheduledBackups backups = backups(7);
        backups.runIfDue();
        now = now.plusSeconds(60);
        assertThat(age()).isEqualTo(60);
        Files.delete(blocked);
        backups.runIfDue();
        assertThat(blocked).as("not yet").doesNotExist();
        now = now.plus(Duration.ofMinutes(10));
        backups.runIfDue();
        assertThat(files()).hasSize(1);
    }

    @Test
    void intervalsBelowAMinuteAreRefused() {
        assertThatThrownBy(() -> backups(7, Optional.of(Duration.ofSeconds(1)), folder))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("DETAK_BACKUP_EVERY");
    }
}

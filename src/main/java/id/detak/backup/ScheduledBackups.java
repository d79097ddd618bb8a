package id.detak.backup;

import id.detak.database.Database;
import id.detak.platform.Ages;
import id.detak.platform.BadSettingException;
import id.detak.platform.DataFolder;
import id.detak.platform.FileLocks;
import id.detak.platform.PlatformConfig;
import id.detak.platform.UserException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.logging.Log;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes a backup at intervals, reads it again, and deletes old ones. The schedule follows from the files in the folder,
 * so that it survives restarts. Of several processes with one folder, one makes the backup.
 */
@Singleton // created at startup, so that invalid settings are reported before anything else runs
public class ScheduledBackups {

    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final int CHECK_SECONDS = 30;
    private static final Duration RETRY_AFTER = Duration.ofMinutes(10);
    private static final String LOCK = "backup.lock";

    private final Optional<Duration> every;
    private final BackupFolder folder;
    private final int keep;
    private final Backup backup;
    private final Clock clock;
    private final Instant startedAt;
    private volatile Instant newest;
    private volatile long bytes;
    private Instant failedAt;
    private ScheduledExecutorService executor;

    @Inject
    ScheduledBackups(
            BackupConfig config,
            PlatformConfig platform,
            DataFolder data,
            Clock clock,
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> username,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this(
                config,
                data,
                new Backup(
                        new Database(url, username.orElse(""), password.orElse(""), null),
                        data.path(),
                        platform.secretKey().isPresent(),
                        clock),
                clock,
                registry);
    }

    ScheduledBackups(BackupConfig config, DataFolder data, Backup backup, Clock clock, MeterRegistry registry) {
        this.every = config.backupEvery();
        this.folder = new BackupFolder(config.backupFolder()
                .map(path -> Path.of(path).toAbsolutePath())
                .orElse(data.path().resolve("backups")));
        this.keep = config.backupKeep();
        this.backup = backup;
        this.clock = clock;
        this.startedAt = clock.instant();
        if (every.isPresent() && every.get().compareTo(SHORTEST) < 0) {
            throw new BadSettingException("DETAK_BACKUP_EVERY is at least 1m.");
        }
        registerGauges(registry);
    }

    private void registerGauges(MeterRegistry registry) {
        Gauge.builder("detak.backup.age", this::age)
                .baseUnit("seconds")
                .description(
                        "Time since the newest scheduled backup; since the start of the process if there is none; NaN without a schedule")
                .register(registry);
        Gauge.builder("detak.backup.interval", () -> every.map(time -> time.toMillis() / 1000.0)
                        .orElse(Double.NaN))
                .baseUnit("seconds")
                .description("Time between two scheduled backups; NaN without a schedule")
                .register(registry);
        Gauge.builder("detak.backup.size", () -> bytes)
                .baseUnit("bytes")
                .description("Size of the newest scheduled backup")
                .register(registry);
    }

    private double age() {
        return every.isEmpty() ? Double.NaN : Ages.seconds(newest == null ? startedAt : newest, clock.instant());
    }

    public void start() {
        if (every.isEmpty()) {
            return;
        }
        executor = Executors.newSingleThreadScheduledExecutor(runnable -> {
            Thread thread = new Thread(runnable, "detak-backup");
            thread.setDaemon(true);
            return thread;
        });
        executor.scheduleWithFixedDelay(this::runIfDue, 0, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    public void stop() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    /** Makes a backup if the newest one is too old. A failed one is tried again after ten minutes. */
    void runIfDue() {
        try {
            Instant now = clock.instant();
            readFolder(now);
            if (!isDue(now)) {
                return;
            }
            Path file = folder.fileAt(now);
            // beside the files, so that processes which share the folder see the same lock
            Optional<FileLocks.Held> lock = FileLocks.tryExclusive(folder.path().resolve(LOCK));
            if (lock.isPresent()) {
                try (FileLocks.Held held = lock.get()) {
                    makeUnlessMade(file);
                }
            }
        } catch (IOException | RuntimeException e) {
            if (executor != null && executor.isShutdown()) {
                return;
            }
            failedAt = clock.instant();
            Log.errorf(
                    e instanceof UserException || e instanceof IOException ? null : e,
                    "The scheduled backup failed: %s. Trying again in %d minutes.",
                    e.getMessage(),
                    RETRY_AFTER.toMinutes());
        }
    }

    private void makeUnlessMade(Path file) throws IOException {
        Instant now = clock.instant();
        readFolder(now); // another process may just have finished
        if (isDue(now)) {
            Backup.Written written = backup.write(file);
            check(file);
            readFolder(now);
            folder.prune(keep, now);
            failedAt = null;
            Log.infof("Backup %s: %d rows of %d tables, %d bytes.", file, written.rows(), written.tables(), bytes);
        }
    }

    /** Reads the file again, as a restore would. */
    private static void check(Path file) throws IOException {
        try (BackupFile read = BackupFile.open(file)) {
            read.summary();
        } catch (NotRestorableException e) {
            Files.deleteIfExists(file);
            throw new UserException(
                    "the file was damaged right after it was written, so it was deleted (see the disk's health)");
        }
    }

    private void readFolder(Instant now) throws IOException {
        Optional<BackupFolder.Made> made = folder.until(now).stream().findFirst();
        newest = made.map(BackupFolder.Made::at).orElse(null);
        bytes = made.isPresent() ? Files.size(made.get().file()) : 0;
    }

    private boolean isDue(Instant now) {
        boolean waits = failedAt != null && isWithin(failedAt, RETRY_AFTER, now);
        return !waits && (newest == null || !isWithin(newest, every.orElseThrow(), now));
    }

    /** A time ahead was set before the clock was set back. */
    private static boolean isWithin(Instant since, Duration time, Instant now) {
        return !since.isAfter(now) && now.isBefore(since.plus(time));
    }
}

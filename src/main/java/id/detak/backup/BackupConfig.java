package id.detak.backup;

import id.detak.platform.Positive;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Scheduled backups. */
@ConfigMapping(prefix = "detak")
public interface BackupConfig {

    /** The time between two backups; empty: none are made. */
    Optional<Duration> backupEvery();

    /** The folder for the files; empty: {@code backups} in the data folder. */
    Optional<String> backupFolder();

    /** How many backups are kept. */
    @WithDefault("7")
    @WithConverter(Positive.class)
    int backupKeep();
}

package id.detak.backup;

import id.detak.platform.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The scheduled backups in a folder. The time of a backup is in its name. Other files are left alone. */
record BackupFolder(Path path) {

    private static final String PREFIX = "detak-";
    private static final String SUFFIX = ".zip";
    private static final String UNFINISHED = ".part";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** A backup, by the time at which it began. */
    record Made(Path file, Instant at) {}

    /**
     * The backups until now, the newest first. Those that are dated later were made before the clock was set back: they
     * are left alone.
     */
    List<Made> until(Instant now) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.flatMap(file -> made(file.getFileName().toString(), file).stream())
                    .filter(made -> !made.at().isAfter(now))
                    .sorted(Comparator.comparing(Made::at).reversed())
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** The file of a new backup. Creates the folder. */
    Path fileAt(Instant time) throws IOException {
        Files.createDirectories(path, DurableFiles.permissions("rwx------"));
        return path.resolve(PREFIX + TIME.format(time) + SUFFIX);
    }

    /** Deletes all but the newest backups until now, and what a process left that ended during a scheduled backup. */
    void prune(int keep, Instant now) throws IOException {
        for (Made old : until(now).stream().skip(keep).toList()) {
            Files.deleteIfExists(old.file());
        }
        try (Stream<Path> files = Files.list(path)) {
            for (Path part : files.filter(BackupFolder::isUnfinished).toList()) {
                Files.deleteIfExists(part);
            }
        }
    }

    private static boolean isUnfinished(Path file) {
        String name = file.getFileName().toString();
        int end = name.indexOf(SUFFIX) + SUFFIX.length();
        return name.endsWith(UNFINISHED) && made(name.substring(0, end), file).isPresent();
    }

    private static Optional<Made> made(String name, Path file) {
        if (!name.startsWith(PREFIX) || !name.endsWith(SUFFIX)) {
            return Optional.empty();
        }
        try {
            String time = name.substring(PREFIX.length(), name.length() - SUFFIX.length());
            return Optional.of(new Made(file, Instant.from(TIME.parse(time))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}

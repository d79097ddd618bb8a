package id.detak.intake.spool;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An attempt in the spool. The file's name holds everything that order and thinning depend on, so that no file has to
 * be opened.
 *
 * @param capture for a page, the id that its capture will have; for an unchanged page, the capture that it refers to
 * @param bytes the size on the disk
 * @param held the content if it could not be written to the disk, or null
 */
public record SpooledAttempt(
        String source, Instant observedAt, Kind kind, UUID capture, long bytes, Path file, byte[] held) {

    static final Comparator<SpooledAttempt> OLDEST_FIRST = Comparator.comparing(SpooledAttempt::observedAt)
            .thenComparing(spooled -> spooled.file().toString());

    private static final UUID NO_CAPTURE = new UUID(0, 0);
    private static final long BLOCK = 4096;
    private static final Pattern NAME =
            Pattern.compile("(\\d{20})-(page|unchanged|nothing|lost)-([0-9a-f-]{36})-[0-9a-f]{8}\\.json\\.gz");

    enum Kind {
        PAGE,
        UNCHANGED,
        NOTHING,
        LOST
    }

    /** Creates an attempt that is not written yet. The random part makes the name unique among processes. */
    static SpooledAttempt of(Path folder, String source, Instant observedAt, Kind kind, UUID capture, byte[] content) {
        String name = String.format(
                Locale.ROOT,
                "%020d-%s-%s-%s.json.gz",
                ChronoUnit.MICROS.between(Instant.EPOCH, observedAt),
                kind.name().toLowerCase(Locale.ROOT),
                capture == null ? NO_CAPTURE : capture,
                HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
        return new SpooledAttempt(
                source, observedAt, kind, capture, onDisk(content.length), folder.resolve(name), content);
    }

    /** Returns the attempt in a file; empty if the file has another kind of name. */
    static Optional<SpooledAttempt> of(Path file, String source, long length) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return Optional.empty();
        }
        return Optional.of(new SpooledAttempt(
                source,
                Instant.EPOCH.plus(Long.parseLong(name.group(1)), ChronoUnit.MICROS),
                Kind.valueOf(name.group(2).toUpperCase(Locale.ROOT)),
                UUID.fromString(name.group(3)),
                onDisk(length),
                file,
                null));
    }

    SpooledAttempt written() {
        return new SpooledAttempt(source, observedAt, kind, capture, bytes, file, null);
    }

    private static long onDisk(long length) {
        return (length + BLOCK - 1) / BLOCK * BLOCK;
    }
}

package id.detak.intake.spool;

import id.detak.capture.Captures;
import id.detak.intake.Arrival;
import id.detak.intake.spool.SpooledAttempt.Kind;
import id.detak.platform.DataFolder;
import id.detak.platform.DurableFiles;
import io.quarkus.logging.Log;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Keeps attempts to poll that could not be written to the database, each in a durable file. Each process has a folder
 * of its own, with one folder for each source. The spool keeps to its size limit: attempts that it has to discard leave
 * a record of the loss. While the disk is full, some attempts are held in memory.
 */
@ApplicationScoped
public class Spool {

    private static final long MAX_HELD_BYTES = 16L << 20;
    private static final int TRIES_ON_FULL_DISK = 3;
    private static final String UNFINISHED = ".new";

    private final SpoolFolders folders;
    private final SetAside aside;
    private final long maxBytes;
    private final Map<String, TreeSet<SpooledAttempt>> bySource = new HashMap<>();
    private long bytes;
    /** Whether a problem was logged since the spool was last empty. */
    private boolean problemLogged;

    @Inject
    Spool(DataFolder data, SpoolConfig config) {
        this(data, config.spoolMb());
    }

    public Spool(DataFolder data, int megabytes) {
        this(data.path().resolve("spool"), (long) megabytes << 20);
    }

    Spool(Path folder, long maxBytes) {
        this.folders = SpoolFolders.in(folder);
        this.aside = new SetAside(folder);
        this.maxBytes = maxBytes;
    }

    /** Takes over the files of processes that have ended, including earlier runs of this one. */
    public synchronized void takeOver() {
        for (Path left : folders.takeFree()) {
            int before = size();
            load(left);
            if (size() > before) {
                Log.infof("Taking over %d attempts that another process left in the spool.", size() - before);
            }
        }
    }

    public synchronized boolean isEmpty() {
        return bySource.isEmpty();
    }

    public synchronized int size() {
        return bySource.values().stream().mapToInt(TreeSet::size).sum();
    }

    /** The size of the files on the disk. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Keeps an attempt. Never fails: while the disk is full, attempts are held in memory as far as there is room. */
    public synchronized void put(Arrival arrival) {
        Instant at = arrival.observedAt();
        SpoolFile file = SpoolFile.of(arrival);
        if (file.text() != null) {
            add(arrival.source(), at, Kind.PAGE, Captures.idOf(arrival.source(), at, file.text()), file);
        } else {
            add(arrival.source(), at, file.capture() == null ? Kind.NOTHING : Kind.UNCHANGED, file.capture(), file);
        }
        makeRoom();
    }

    /** The attempt that has waited longest. */
    public synchronized Optional<SpooledAttempt> oldest() {
        while (true) {
            Optional<SpooledAttempt> oldest =
                    bySource.values().stream().map(TreeSet::first).min(SpooledAttempt.OLDEST_FIRST);
            if (oldest.isEmpty()
                    || oldest.get().held() != null
                    || !Files.notExists(oldest.get().file())) {
                return oldest;
            }
            Log.warnf(
                    "A file of the spool was removed by another program: %s",
                    oldest.get().file());
            forget(oldest.get());
        }
    }

    /** The attempts that have waited longest, except one. */
    public synchronized List<SpooledAttempt> oldestExcept(SpooledAttempt one, int limit) {
        return bySource.values().stream()
                .flatMap(TreeSet::stream)
                .filter(spooled -> !spooled.equals(one))
                .sorted(SpooledAttempt.OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    /** How many attempts the processes on this data folder have set aside. */
    public int setAsideFiles() {
        return aside.files().size();
    }

    /**
     * Reads an attempt; empty if its file is damaged.
     *
     * @throws UncheckedIOException if the disk does not return it, which may be temporary
     */
    public synchronized Optional<Arrival> read(SpooledAttempt spooled) {
        byte[] content;
        try {
            content = content(spooled);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read a file of the spool: " + e, e);
        }
        try {
            return Optional.of(SpoolFile.of(content).arrival());
        } catch (IOException | RuntimeException e) {
            Log.errorf("A file of the spool is damaged (%s): %s", e.getMessage(), spooled.file());
            return Optional.empty();
        }
    }

    /** Removes an attempt after it was written to the database. */
    public synchronized void remove(SpooledAttempt spooled) {
        forget(spooled);
        delete(spooled.file());
        problemLogged &= !bySource.isEmpty();
    }

    /** Moves an attempt that cannot be used to a folder where a person can examine it. */
    public synchronized void setAside(SpooledAttempt spooled) {
        forget(spooled);
        try {
            aside.add(spooled);
        } catch (IOException e) {
            Log.errorf("Cannot set %s aside: %s", spooled.file(), e.getMessage());
        }
    }

    @PreDestroy
    public synchronized void close() {
        if (!writeHeld()) {
            Log.errorf("Lost %d attempts: the spool could not be written before this process ended.", held().count());
        }
        folders.close();
    }

    private void add(String source, Instant at, Kind kind, UUID capture, SpoolFile content) {
        SpooledAttempt spooled = SpooledAttempt.of(
                folders.own().resolve(folderName(source)), source, at, kind, capture, content.toBytes());
        remember(write(spooled));
    }

    private SpooledAttempt write(SpooledAttempt spooled) {
        // an interrupt would close the file, and a stopping process interrupts its waiting threads
        boolean interrupted = Thread.interrupted();
        try {
            folders.holdOwn();
            Files.createDirectories(spooled.file().getParent(), DurableFiles.permissions("rwx------"));
            DurableFiles.write(spooled.file(), spooled.held());
            return spooled.written();
        } catch (IOException e) {
            if (!problemLogged) {
                Log.errorf(
                        "The spool cannot be written (%s): pages polled during the outage are held in memory as far as there is room.",
                        e);
            }
            problemLogged = true;
            return spooled;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void makeRoom() {
        while (bytes > maxBytes && discard(spooled -> true)) {
            if (!problemLogged) {
                Log.errorf(
                        "The spool is full (%d MB): the pages polled closest to each other are discarded.",
                        maxBytes >> 20);
            }
            problemLogged = true;
        }
        for (int i = 0; i < TRIES_ON_FULL_DISK && !writeHeld() && discard(spooled -> spooled.held() == null); i++) {
            // discarding has made some room
        }
        while (held().mapToLong(SpooledAttempt::bytes).sum() > MAX_HELD_BYTES
                && discard(spooled -> spooled.held() != null)) {
            // until the held attempts fit
        }
    }

    /** Writes the attempts held in memory. Returns whether all are written. */
    private boolean writeHeld() {
        for (SpooledAttempt spooled : held().toList()) {
            SpooledAttempt written = write(spooled);
            if (written.held() != null) {
                return false;
            }
            forget(spooled);
            remember(written);
        }
        return true;
    }

    private Stream<SpooledAttempt> held() {
        return bySource.values().stream().flatMap(TreeSet::stream).filter(spooled -> spooled.held() != null);
    }

    /** Discards attempts of the source that takes most. Returns false if there was nothing to discard. */
    private boolean discard(Predicate<SpooledAttempt> which) {
        List<SpooledAttempt> largest = bySource.values().stream()
                .map(all -> all.stream().filter(which).toList())
                .max(Comparator.comparingLong(
                        all -> all.stream().mapToLong(SpooledAttempt::bytes).sum()))
                .orElse(List.of());
        SpoolThinning.Victims victims = new SpoolThinning(largest).choose();
        if (victims.spooled().isEmpty()) {
            return false;
        }
        if (victims.together()) {
            replaceByLoss(victims.spooled());
        } else {
            victims.spooled().forEach(victim -> replaceByLoss(List.of(victim)));
        }
        return true;
    }

    private void replaceByLoss(List<SpooledAttempt> gone) {
        SpooledAttempt first = gone.get(0);
        int count = 0;
        Instant until = first.observedAt();
        for (SpooledAttempt spooled : gone) {
            SpoolFile file = spooled.kind() == Kind.LOST
                    ? lossOf(spooled)
                    : SpoolFile.lost(spooled.source(), spooled.observedAt(), spooled.observedAt(), 1);
            count += file.lost();
            until = file.until();
        }
        // written before the others are deleted: a crash in between may report a loss that did not happen, but never
        // hide one
        add(
                first.source(),
                first.observedAt(),
                Kind.LOST,
                null,
                SpoolFile.lost(first.source(), first.observedAt(), until, count));
        gone.forEach(spooled -> {
            forget(spooled);
            delete(spooled.file());
        });
    }

    private SpoolFile lossOf(SpooledAttempt spooled) {
        try {
            return SpoolFile.of(content(spooled));
        } catch (IOException e) {
            return SpoolFile.lost(spooled.source(), spooled.observedAt(), spooled.observedAt(), 1);
        }
    }

    private static byte[] content(SpooledAttempt spooled) throws IOException {
        return spooled.held() != null ? spooled.held() : Files.readAllBytes(spooled.file());
    }

    private void remember(SpooledAttempt spooled) {
        bySource.computeIfAbsent(spooled.source(), source -> new TreeSet<>(SpooledAttempt.OLDEST_FIRST))
                .add(spooled);
        bytes += spooled.bytes();
    }

    private void forget(SpooledAttempt spooled) {
        TreeSet<SpooledAttempt> all = bySource.get(spooled.source());
        if (all != null && all.remove(spooled)) {
            bytes -= spooled.bytes();
            if (all.isEmpty()) {
                bySource.remove(spooled.source());
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            Log.errorf("Cannot delete %s: %s", file, e.getMessage());
        }
    }

    private void load(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            paths.filter(Files::isRegularFile).forEach(files::add);
            files.stream().filter(file -> file.toString().endsWith(UNFINISHED)).forEach(Spool::delete);
        } catch (IOException | UncheckedIOException e) {
            Log.errorf("Cannot read the spool: %s", e);
        }
        for (Path file : files) {
            String source = URLDecoder.decode(
                    file.getParent().getFileName().toString().replaceFirst("^of-", ""), StandardCharsets.UTF_8);
            SpooledAttempt.of(file, source, file.toFile().length()).ifPresent(this::remember);
        }
    }

    /** Encodes a name so that it cannot leave the folder or equal the name of the folder for files set aside. */
    private static String folderName(String source) {
        return "of-" + URLEncoder.encode(source, StandardCharsets.UTF_8).replace(".", "%2E");
    }
}

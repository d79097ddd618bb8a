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
 * Attempts at sources that could not be written, each a durable file of its own, a folder for each process and in it one for each
 * source. It takes no more than its bound; what it has to give up leaves a record that says so. Where the disk takes nothing, some are held in memory.
 */
@ApplicationScoped
public class Spool {

    private static final long MOST_HELD = 16L << 20;
    private static final int TRIES_ON_A_FULL_DISK = 3;
    private static final String ASIDE = "set-aside";
    private static final String UNFINISHED = ".new";

    private final SpoolFolders folders;
    private final Path aside;
    private final long bound;
    private final Map<String, TreeSet<SpooledAttempt>> bySource = new HashMap<>();
    private long bytes;
    private boolean told;

    @Inject
    Spool(DataFolder data, SpoolConfig config) {
        this(data, config.spoolMb());
    }

    public Spool(DataFolder data, int megabytes) {
        this(data.path().resolve("spool"), (long) megabytes << 20);
    }

    Spool(Path folder, long bound) {
        this.folders = new SpoolFolders(folder.toAbsolutePath(), ASIDE);
        this.aside = folder.resolve(ASIDE);
        this.bound = bound;
    }

    /** Takes what processes that are no more have left, be it the life of this one before. */
    public synchronized void takeOver() {
        for (Path left : folders.takeFree()) {
            int before = size();
            load(left);
            if (size() > before) {
                Log.infof("%d attempts at sources that a process has left in the spool wait to be written.", size() - before);
            }
        }
    }

    public synchronized boolean isEmpty() {
        return bySource.isEmpty();
    }

    public synchronized int size() {
        return bySource.values().stream().mapToInt(TreeSet::size).sum();
    }

    /** What it takes on the disk. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Keeps an attempt. It never fails: what cannot be written is held in memory, as long as that has room. */
    public synchronized void put(Arrival arrival) {
        Instant at = arrival.observedAt();
        if (arrival.content() instanceof Arrival.Page page) {
            add(arrival.source(), at, Kind.PAGE, Captures.idOf(arrival.source(), at, page.text()), SpoolFile.of(arrival));
        } else if (arrival.content() instanceof Arrival.Unchanged unchanged) {
            add(arrival.source(), at, Kind.UNCHANGED, unchanged.capture(), SpoolFile.of(arrival));
        } else {
            add(arrival.source(), at, Kind.NOTHING, null, SpoolFile.of(arrival));
        }
        makeRoom();
    }

    /** The one that has waited longest. */
    public synchronized Optional<SpooledAttempt> oldest() {
        while (true) {
            Optional<SpooledAttempt> oldest = bySource.values().stream().map(TreeSet::first).min(SpooledAttempt.OLDEST_FIRST);
            if (oldest.isEmpty() || oldest.get().held() != null || !Files.notExists(oldest.get().file())) {
                return oldest;
            }
            Log.warnf("Somebody has removed a file of the spool: %s", oldest.get().file());
            forget(oldest.get());
        }
    }

    /**
     * What waits in it; empty where it is damaged.
     *
     * @throws UncheckedIOException where the disk does not give it, which may pass
     */
    public synchronized Optional<Arrival> read(SpooledAttempt spooled) {
        byte[] content;
        try {
            content = content(spooled);
        } catch (IOException e) {
            throw new UncheckedIOException("A file of the spool cannot be read: " + e, e);
        }
        try {
            return Optional.of(SpoolFile.of(content).arrival());
        } catch (IOException | RuntimeException e) {
            Log.errorf("A file of the spool is damaged (%s): %s", e.getMessage(), spooled.file());
            return Optional.empty();
        }
    }

    /** Once it has been written. */
    public synchronized void remove(SpooledAttempt spooled) {
        forget(spooled);
        delete(spooled.file());
        told &= !bySource.isEmpty();
    }

    /** What nobody can use is kept for a person to look at. */
    public synchronized void setAside(SpooledAttempt spooled) {
        forget(spooled);
        Path file = aside.resolve(folderName(spooled.source()) + "-" + spooled.file().getFileName());
        try {
            Files.createDirectories(aside, DurableFiles.permissions("rwx------"));
            if (spooled.held() == null) {
                DurableFiles.rename(spooled.file(), file);
            } else {
                DurableFiles.write(file, spooled.held());
            }
        } catch (IOException e) {
            Log.errorf("%s cannot be set aside: %s", spooled.file(), e.getMessage());
        }
    }

    @PreDestroy
    public synchronized void close() {
        if (!writeHeld()) {
            Log.errorf("%d attempts at sources are lost with this process: the spool could not be written.", held().count());
        }
        folders.close();
    }

    private void add(String source, Instant at, Kind kind, UUID capture, SpoolFile content) {
        SpooledAttempt spooled = SpooledAttempt.of(folders.own().resolve(folderName(source)), source, at, kind, capture, content.toBytes());
        remember(write(spooled));
    }

    private SpooledAttempt write(SpooledAttempt spooled) {
        // a file is closed when its writer is interrupted, as a process that stops does with those that still wait
        boolean interrupted = Thread.interrupted();
        try {
            folders.holdOwn();
            Files.createDirectories(spooled.file().getParent(), DurableFiles.permissions("rwx------"));
            DurableFiles.write(spooled.file(), spooled.held());
            return spooled.written();
        } catch (IOException e) {
            if (!told) {
                Log.errorf("The spool cannot be written (%s): what is polled while the database is away is held in memory, as far as that goes.", e);
            }
            told = true;
            return spooled;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void makeRoom() {
        while (bytes > bound && giveUp(spooled -> true)) {
            if (!told) {
                Log.errorf("The spool is full (%d MB): of what is polled while the database is away, the parts that stand closest are given up.", bound >> 20);
            }
            told = true;
        }
        for (int i = 0; i < TRIES_ON_A_FULL_DISK && !writeHeld() && giveUp(spooled -> spooled.held() == null); i++) {
            // what was given up has left some room
        }
        while (held().mapToLong(SpooledAttempt::bytes).sum() > MOST_HELD && giveUp(spooled -> spooled.held() != null)) {
            // until it fits
        }
    }

    /** @return whether nothing is held any more */
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

    /** @return whether anything could be given up, of the source that takes most */
    private boolean giveUp(Predicate<SpooledAttempt> which) {
        List<SpooledAttempt> largest = bySource.values().stream().map(all -> all.stream().filter(which).toList())
                .max(Comparator.comparingLong(all -> all.stream().mapToLong(SpooledAttempt::bytes).sum())).orElse(List.of());
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
            SpoolFile file = spooled.kind() == Kind.LOST ? lossOf(spooled) : SpoolFile.lost(spooled.source(), spooled.observedAt(), spooled.observedAt(), 1);
            count += file.lost();
            until = file.until();
        }
        // written before the others go: a crash in between tells of a loss that was none, never the other way round
        add(first.source(), first.observedAt(), Kind.LOST, null, SpoolFile.lost(first.source(), first.observedAt(), until, count));
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
        bySource.computeIfAbsent(spooled.source(), source -> new TreeSet<>(SpooledAttempt.OLDEST_FIRST)).add(spooled);
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
            Log.errorf("%s cannot be deleted: %s", file, e.getMessage());
        }
    }

    private void load(Path folder) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            paths.filter(Files::isRegularFile).forEach(files::add);
            files.stream().filter(file -> file.toString().endsWith(UNFINISHED)).forEach(Spool::delete);
        } catch (IOException | UncheckedIOException e) {
            Log.errorf("The spool cannot be read: %s", e);
        }
        for (Path file : files) {
            String source = URLDecoder.decode(file.getParent().getFileName().toString().replaceFirst("^of-", ""), StandardCharsets.UTF_8);
            SpooledAttempt.of(file, source, file.toFile().length()).ifPresent(this::remember);
        }
    }

    /** No name leads out of the folder, and none is that of what is set aside. */
    private static String folderName(String source) {
        return "of-" + URLEncoder.encode(source, StandardCharsets.UTF_8).replace(".", "%2E");
    }
}

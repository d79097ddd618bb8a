package id.detak.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.capture.Captures;
import id.detak.capture.FetchOutcome;
import id.detak.capture.Via;
import id.detak.intake.Arrival;
import id.detak.intake.spool.SpooledAttempt.Kind;
import id.detak.testsupport.BesideTheApplication;
import id.detak.testsupport.ExpectedLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@BesideTheApplication
class SpoolTest {

    @RegisterExtension
    static final ExpectedLog LOG = ExpectedLog.of(
            "A file of the spool was removed by another program",
            "The spool is full",
            "The spool cannot be written",
            "A file of the spool is damaged");

    private static final Instant START = Instant.parse("2026-11-25T02:00:00.123456Z");
    private static final String SOURCE = "../kontan pagi";
    private static final long ENOUGH = 1 << 30;

    @TempDir
    Path folder;

    private static Arrival attempt(int minute, Arrival.Content content) {
        return new Arrival(
                SOURCE,
                Via.POLL,
                "https://www.kontan.co.id/",
                START.plus(Duration.ofMinutes(minute)),
                null,
                200,
                content);
    }

    /** A page that gzip cannot compress. */
    private static Arrival page(int minute) {
        StringBuilder text = new StringBuilder();
        new Random(minute).ints(10_000, ' ', 0x2000).forEach(c -> text.append((char) c));
        return attempt(minute, new Arrival.Page(text.toString()));
    }

    private static Arrival unchanged(int minute, Arrival page) {
        return attempt(
                minute,
                new Arrival.Unchanged(
                        Captures.idOf(SOURCE, page.observedAt(), ((Arrival.Page) page.content()).text())));
    }

    private static List<Arrival> contents(Spool spool) {
        List<Arrival> contents = new ArrayList<>();
        for (Optional<SpooledAttempt> next = spool.oldest(); next.isPresent(); next = spool.oldest()) {
            contents.add(spool.read(next.get()).orElseThrow());
            spool.remove(next.get());
        }
        return contents;
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".json.gz")).toList();
        }
    }

    private static Spool restarted(Spool last, Path folder, long bound) {
        last.close();
        Spool next = new Spool(folder, bound);
        next.takeOver();
        return next;
    }

    @Test
    void nextProcessFindsAllAttemptsOldestFirst() throws Exception {
        List<Arrival> arrivals = List.of(
                page(0),
                unchanged(1, page(0)),
                new Arrival(
                        "emas",
                        Via.POLL,
                        null,
                        START.plusSeconds(90),
                        START,
                        null,
                        new Arrival.Nothing(FetchOutcome.UNREACHABLE, "The server does not respond.")),
                attempt(2, new Arrival.Page("| INDIKATOR | “LQ45” \0 898,78")));
        Spool spool = new Spool(folder, ENOUGH);
        List.of(3, 0, 2, 1).forEach(i -> spool.put(arrivals.get(i)));
        Path unfinished = Files.writeString(files().get(0).resolveSibling("half.new"), "half");
        Files.writeString(folder.resolve("a-note.txt"), "not ours");
        Spool second = restarted(spool, folder, ENOUGH);
        assertThat(contents(second)).isEqualTo(arrivals);
        assertThat(unfinished).doesNotExist();
        assertThat(restarted(second, folder, ENOUGH).isEmpty()).isTrue();
    }

    @Test
    void processesTakeOverFilesOnlyOfEndedProcesses() throws Exception {
        Spool one = new Spool(folder, ENOUGH);
        one.put(page(0));
        Path underWay = Files.writeString(files().get(0).resolveSibling("half.new"), "half");
        Spool other = new Spool(folder, ENOUGH);
        other.put(page(1));
        other.takeOver();
        assertThat(underWay).exists();
        assertThat(other.size()).isEqualTo(1);
        one.close();
        other.takeOver();
        assertThat(contents(other)).containsExactly(page(0), page(1));
        other.takeOver();
        assertThat(other.isEmpty()).as("taken over once").isTrue();
    }

    @Test
    void damagedFilesAreSetAside() throws Exception {
        Spool spool = new Spool(folder, ENOUGH);
        spool.put(page(0));
        Path first = files().get(0);
        byte[] content = Files.readAllBytes(first);
        content[content.length / 2] ^= 1;
        Files.write(first, content);
        spool.put(page(1));
        SpooledAttempt damaged = spool.oldest().orElseThrow();
        assertThat(spool.read(damaged)).isEmpty();
        spool.setAside(damaged);
        assertThat(contents(spool)).containsExactly(page(1));
        assertThat(files()).singleElement().satisfies(file -> assertThat(Files.readAllBytes(file))
                .isEqualTo(content));
        assertThat(restarted(spool, folder, ENOUGH).isEmpty())
                .as("files set aside are not tried again")
                .isTrue();
    }

    @Test
    void missingAndUnreadableFilesAreNotDamaged() throws Exception {
        Spool spool = new Spool(folder, ENOUGH);
        spool.put(page(0));
        spool.put(page(1));
        Files.delete(files().stream().sorted().toList().get(0));
        SpooledAttempt second = spool.oldest().orElseThrow();
        assertThat(second.observedAt())
                .as("a removed file is not a failed attempt")
                .isEqualTo(page(1).observedAt());
        byte[] content = Files.readAllBytes(second.file());
        Files.delete(second.file());
        Files.createDirectory(second.file());
        assertThatThrownBy(() -> spool.read(second))
                .as("a disk that does not return it")
                .isInstanceOf(UncheckedIOException.class);
        Files.delete(second.file());
        Files.write(second.file(), content);
        assertThat(contents(spool)).containsExactly(page(1));
    }

    @Test
    void attemptsHeldInMemoryCanBeSetAside() throws Exception {
        Path noFolder = Files.writeString(folder.resolve("spool"), "in its way");
        Spool spool = new Spool(noFolder, ENOUGH);
        spool.put(page(0));
        SpooledAttempt held = spool.oldest().orElseThrow();
        assertThat(held.held()).isNotNull();
        Files.delete(noFolder);
        spool.setAside(held);
        assertThat(files()).singleElement().satisfies(file -> assertThat(
                        SpoolFile.of(Files.readAllBytes(file)).arrival())
                .isEqualTo(page(0)));
    }

    @Test
    void fullSpoolCoversTheWholeOutageAndReportsItsLosses() throws Exception {
        long bound = 384 << 10;
        int attempts = 72;
        Spool spool = new Spool(folder, bound);
        for (int minute = 0; minute < attempts; minute++) {
            spool.put(minute % 4 == 1 ? unchanged(minute, page(minute - 1)) : page(minute));
            assertThat(spool.bytes()).isLessThanOrEqualTo(bound);
        }
        long taken = spool.bytes();
        Spool restarted = restarted(spool, folder, bound);
        assertThat(restarted.bytes()).isEqualTo(taken);
        List<Instant> pages = new ArrayList<>();
        Set<UUID> keptPages = new HashSet<>();
        Set<UUID> referenced = new HashSet<>();
        int accounted = 0;
        for (Optional<SpooledAttempt> next = restarted.oldest(); next.isPresent(); next = restarted.oldest()) {
            SpoolFile file = SpoolFile.of(Files.readAllBytes(next.get().file()));
            accounted += file.lost() == null ? 1 : file.lost();
            if (next.get().kind() == Kind.PAGE) {
                pages.add(file.observedAt());
                keptPages.add(next.get().capture());
            } else if (next.get().kind() == Kind.UNCHANGED) {
                referenced.add(file.capture());
            } else {
                assertThat(file.arrival().content()).asString().contains("the spool was full");
            }
            restarted.remove(next.get());
        }
        assertThat(accounted).as("attempts kept or reported as lost").isEqualTo(attempts);
        assertThat(keptPages).containsAll(referenced);
        assertThat(pages)
                .hasSizeGreaterThan(9)
                .startsWith(START)
                .endsWith(START.plus(Duration.ofMinutes(attempts - 1)));
        Duration share = Duration.ofMinutes(attempts / pages.size());
        for (int i = 1; i < pages.size(); i++) {
            assertThat(Duration.between(pages.get(i - 1), pages.get(i))).isLessThan(share.multipliedBy(4));
        }
    }

    /** Runs in a separate process, in a user namespace in which it may mount a small disk. */
    @Test
    void fullDiskLosesNothingWhileMemoryHasRoom() throws Exception {
        List<String> line = List.of(
                "unshare",
                "-Urm",
                "sh",
                "-c",
                "mount -t tmpfs -o size=512k none \"$1\" && shift && exec \"$@\"",
                "sh",
                folder.toString(),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                folder.toString());
        Process process;
        try {
            Process allowed =
                    new ProcessBuilder("unshare", "-Urm", "mount", "-t", "tmpfs", "none", folder.toString()).start();
            Assumptions.assumeTrue(allowed.waitFor() == 0, "this system does not allow mounting a small disk");
            process = new ProcessBuilder(line).redirectErrorStream(true).start();
        } catch (IOException e) {
            Assumptions.abort("this system has no unshare");
            return;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output)
                .contains("attempts accounted for: 100 of 100")
                .contains("held in memory")
                .contains("after the restart: all of them");
    }

    /** Prints a line for each finding; an exception fails the process. */
    static final class FullDisk {

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            Path other = Files.write(folder.resolve("other"), new byte[300 << 10]);
            Spool spool = new Spool(folder.resolve("spool"), ENOUGH);
            for (int minute = 0; minute < 99; minute++) {
                spool.put(page(minute));
            }
            Files.delete(other);
            spool.put(page(99));
            Spool restarted = restarted(spool, folder.resolve("spool"), ENOUGH);
            int accounted = 0;
            boolean same = restarted.size() == spool.size();
            for (Optional<SpooledAttempt> next = restarted.oldest(); next.isPresent(); next = restarted.oldest()) {
                SpoolFile file = SpoolFile.of(Files.readAllBytes(next.get().file()));
                accounted += file.lost() == null ? 1 : file.lost();
                restarted.remove(next.get());
            }
            System.out.println("attempts accounted for: " + accounted + " of 100");
            System.out.println("after the restart: " + (same ? "all of them" : "only some of them"));
        }
    }
}

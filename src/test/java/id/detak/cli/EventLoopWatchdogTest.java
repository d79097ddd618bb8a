package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.testsupport.BesideTheApplication;
import io.netty.channel.DefaultEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hanging event loop is noticed, and systemd hears from a process only while all of them answer. */
@BesideTheApplication
class EventLoopWatchdogTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final long ROUND_MILLIS = 20;

    @TempDir
    Path folder;

    private final DefaultEventLoopGroup group = new DefaultEventLoopGroup(3);
    private final AtomicInteger alive = new AtomicInteger();
    private final AtomicReference<String> hung = new AtomicReference<>();

    @AfterEach
    void stop() {
        group.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private EventLoopWatchdog watchdog() {
        List<EventExecutor> loops = new ArrayList<>();
        group.forEach(loops::add);
        return new EventLoopWatchdog(loops, ROUND_MILLIS, alive::incrementAndGet, hung::set);
    }

    @Test
    void eventLoopThatHangsIsReportedWithItsStack() {
        CountDownLatch go = new CountDownLatch(1);
        EventLoopWatchdog watchdog = watchdog();
        watchdog.start();
        await().atMost(LIMIT).until(() -> alive.get() > 1);
        group.next().execute(() -> hangUntil(go));
        await().atMost(LIMIT).until(() -> hung.get() != null);
        assertThat(hung.get()).contains("EventLoopWatchdogTest.hangUntil");
        go.countDown();
    }

    @Test
    void eventLoopThatIsLateForAWhileIsNotReported() throws InterruptedException {
        EventLoopWatchdog watchdog = watchdog();
        watchdog.start();
        for (int i = 0; i < 5; i++) {
            CountDownLatch go = new CountDownLatch(1);
            group.next().execute(() -> hangUntil(go));
            Thread.sleep(2 * ROUND_MILLIS);
            go.countDown();
            int before = alive.get();
            await().atMost(LIMIT).until(() -> alive.get() > before);
        }
        assertThat(hung).hasNullValue();
        watchdog.stop();
    }

    @Test
    void eventLoopsThatAlwaysAnswerLateAreNotReported() throws InterruptedException {
        EventLoopWatchdog watchdog = watchdog();
        for (int i = 0; i < 3; i++) {
            keepBusy(group.next(), 5 * ROUND_MILLIS);
            Thread.sleep(ROUND_MILLIS * 3 / 2);
        }
        watchdog.start();
        await().atMost(LIMIT).until(() -> alive.get() > 5 || hung.get() != null);
        assertThat(hung).hasNullValue();
        watchdog.stop();
    }

    private static void keepBusy(EventExecutor loop, long millis) {
        loop.execute(() -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            if (!loop.isShuttingDown()) {
                keepBusy(loop, millis);
            }
        });
    }

    private static void hangUntil(CountDownLatch go) {
        try {
            go.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void systemdIsToldIfItAsks() throws IOException {
        Path said = folder.resolve("said");
        ServiceManager manager = new ServiceManager(
                notifier(said).toString(), Map.of("NOTIFY_SOCKET", "/run/systemd/notify", "WATCHDOG_USEC", "3000"));
        manager.ready();
        manager.alive();
        await().atMost(LIMIT).untilAsserted(() -> {
            manager.alive();
            assertThat(Files.readAllLines(said)).startsWith("--ready", "WATCHDOG=1", "WATCHDOG=1");
        });
    }

    @Test
    void systemdIsNotToldIfItDoesNotAsk() throws IOException {
        Path said = folder.resolve("said");
        for (Map<String, String> environment : List.of(Map.<String, String>of(), Map.of("WATCHDOG_USEC", "3000"))) {
            ServiceManager manager = new ServiceManager(notifier(said).toString(), environment);
            manager.ready();
            manager.alive();
        }
        assertThat(said).doesNotExist();
    }

    private Path notifier(Path said) throws IOException {
        Path program = folder.resolve("notify");
        Files.writeString(program, "#!/bin/sh\necho \"$@\" >> '" + said + "'\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program;
    }
}

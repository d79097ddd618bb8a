package id.detak.testsupport;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Prints one line for each test class, instead of Surefire's two, and each failure immediately. */
public final class OneLinePerClass implements TestExecutionListener {

    private record Count(Instant start, AtomicInteger passed, AtomicInteger failed, AtomicInteger skipped) {

        Count() {
            this(Instant.now(), new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
        }
    }

    private final Map<String, Count> counts = new ConcurrentHashMap<>();
    private TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
    }

    @Override
    public void executionStarted(TestIdentifier test) {
        topClass(test).filter(test::equals).ifPresent(top -> counts.put(top.getUniqueId(), new Count()));
    }

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        topClass(test)
                .filter(top -> !top.equals(test))
                .ifPresentOrElse(
                        top -> count(top).skipped.incrementAndGet(),
                        () -> System.out.println(test.getDisplayName() + ": left out: " + reason));
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        topClass(test).ifPresent(top -> {
            Count count = count(top);
            boolean failed = result.getStatus() == TestExecutionResult.Status.FAILED;
            boolean aborted = result.getStatus() == TestExecutionResult.Status.ABORTED;
            if (failed) {
                count.failed.incrementAndGet();
                System.out.println("FAILED: " + name(top) + " " + test.getDisplayName() + ": "
                        + result.getThrowable().map(Throwable::toString).orElse(""));
            } else if (aborted) {
                count.skipped.incrementAndGet();
            } else if (test.isTest()) {
                count.passed.incrementAndGet();
            }
            if (top.equals(test)) {
                System.out.printf(
                        Locale.ROOT,
                        "%-60s %5d passed%s%s %8.1f s%n",
                        name(top),
                        count.passed.get(),
                        some(count.failed, "failed"),
                        some(count.skipped, "skipped"),
                        Duration.between(count.start, Instant.now()).toMillis() / 1000.0);
            }
        });
    }

    private static String some(AtomicInteger number, String word) {
        return number.get() == 0 ? "" : ", " + number.get() + " " + word;
    }

    private Count count(TestIdentifier top) {
        return counts.computeIfAbsent(top.getUniqueId(), id -> new Count());
    }

    private static String name(TestIdentifier top) {
        return top.getSource()
                .map(source -> ((ClassSource) source).getClassName())
                .orElse(top.getDisplayName())
                .replaceFirst("^id\\.detak\\.", "");
    }

    /** The outermost class that holds a test. */
    private Optional<TestIdentifier> topClass(TestIdentifier test) {
        Optional<TestIdentifier> top = Optional.empty();
        for (Optional<TestIdentifier> at = Optional.of(test); at.isPresent(); at = plan.getParent(at.get())) {
            if (at.get().getSource().filter(ClassSource.class::isInstance).isPresent()) {
                top = at;
            }
        }
        return top;
    }
}

package id.detak.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The log messages that the tests of a class cause on purpose. They are not printed, so that every message in the
 * build's output is unexpected. Each expected message must occur. Use it in a static field with
 * {@code @RegisterExtension}.
 */
public final class ExpectedLog implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    private final Map<Pattern, Boolean> seen = new ConcurrentHashMap<>();
    private final List<Pattern> optional = new ArrayList<>();
    private final Predicate<LogRecord> isExpected = this::isExpected;
    private final Handler observer = new Observer();

    private ExpectedLog() {}

    /**
     * @param messages regular expressions for the beginning of a message and its exception, as {@code Not delivered to
     *     a channel}
     */
    public static ExpectedLog of(String... messages) {
        ExpectedLog expected = new ExpectedLog();
        for (String message : messages) {
            expected.seen.put(Pattern.compile(message), false);
        }
        return expected;
    }

    /** A message that depends on timing: it may be absent, or come after the class has ended. */
    public ExpectedLog orPerhaps(String message) {
        optional.add(Pattern.compile(message));
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Logger.getLogger("").addHandler(observer);
        shared().put(isExpected, true);
    }

    /** An application that starts, perhaps in another thread, replaces the filters of the root handlers. */
    @Override
    public void beforeEach(ExtensionContext context) {
        shared().put(isExpected, true);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Logger.getLogger("").removeHandler(observer);
        shared().remove(isExpected);
        shared().put(this::isOptional, true);
        assertThat(seen).as("messages expected in the log").allSatisfy((message, wasSeen) -> assertThat(wasSeen)
                .as(message.pattern())
                .isTrue());
    }

    private boolean isExpected(LogRecord record) {
        String message = text(record);
        boolean matches = false;
        for (Pattern pattern : seen.keySet()) {
            if (pattern.matcher(message).lookingAt()) {
                seen.put(pattern, true);
                matches = true;
            }
        }
        return matches || isOptional(record);
    }

    private boolean isOptional(LogRecord record) {
        String message = text(record);
        return optional.stream().anyMatch(pattern -> pattern.matcher(message).lookingAt());
    }

    private static String text(LogRecord record) {
        String message =
                record instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : record.getMessage();
        return record.getThrown() == null ? message : message + ": " + record.getThrown();
    }

    /**
     * The expectations of all instances, whichever class loader they come from: the filter of the root handlers, which
     * the whole JVM shares. Not a system property, because Narayana fails to start if one is not a string.
     */
    @SuppressWarnings("unchecked")
    private static Map<Predicate<LogRecord>, Boolean> shared() {
        Logger root = Logger.getLogger("");
        synchronized (root) {
            Map<Predicate<LogRecord>, Boolean> expectations = Arrays.stream(root.getHandlers())
                    .map(Handler::getFilter)
                    .filter(Map.class::isInstance)
                    .map(filter -> (Map<Predicate<LogRecord>, Boolean>) filter)
                    .findFirst()
                    .orElseGet(Expectations::new);
            for (Handler handler : root.getHandlers()) {
                handler.setFilter((Filter) expectations);
            }
            return expectations;
        }
    }

    /** Sees every message, whatever happens to the filters. */
    private final class Observer extends Handler {

        @Override
        public boolean isLoggable(LogRecord record) {
            return true;
        }

        @Override
        public void publish(LogRecord record) {
            isExpected(record);
        }

        @Override
        public void flush() {
            // keeps nothing
        }

        @Override
        public void close() {
            // holds nothing
        }
    }

    /** Drops the messages that a test expects. */
    private static final class Expectations extends ConcurrentHashMap<Predicate<LogRecord>, Boolean> implements Filter {

        @Override
        public boolean isLoggable(LogRecord record) {
            boolean expected = false;
            for (Predicate<LogRecord> expectation : keySet()) {
                expected |= expectation.test(record);
            }
            return !expected;
        }
    }
}

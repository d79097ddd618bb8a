package id.detak.platform.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.testsupport.BesideTheApplication;
import io.quarkus.logging.json.runtime.JsonFormatter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class SingleLineFilterTest {

    private static final String HOSTILE =
            "page\r\n2026-11-25 09:00:00,000 INFO  [id.detak] forged\u2028\u2029\u0085\u001b[2J\u009b\u202eesrever\u2066\u200b\u0000\ud800 é 漢 \ud83d\ude00";
    private static final String WRITTEN =
            "page\\r\\n2026-11-25 09:00:00,000 INFO  [id.detak] forged\\u2028\\u2029\\u0085\\u001b[2J\\u009b\\u202eesrever\\u2066\\u200b\\u0000\\ud800 é 漢 \ud83d\ude00";

    private static String logged(ExtFormatter formatter, Throwable thrown) {
        ExtLogRecord record = new ExtLogRecord(
                Level.WARN,
                "%s: no answer of %s.",
                ExtLogRecord.FormatStyle.PRINTF,
                SingleLineFilterTest.class.getName());
        record.setParameters(new Object[] {"kontan", HOSTILE});
        record.setThrown(thrown);
        assertThat(new SingleLineFilter().isLoggable(record)).isTrue();
        return formatter.format(record);
    }

    @Test
    void messagesCannotForgeLogLines() {
        assertThat(logged(new PatternFormatter("%p %s%e%n"), null))
                .isEqualTo("WARN kontan: no answer of " + WRITTEN + "." + System.lineSeparator());
    }

    @Test
    void exceptionsCannotForgeLogLines() {
        Exception cause = new IllegalStateException(HOSTILE);
        Exception thrown = new IllegalArgumentException("fit", cause);
        thrown.addSuppressed(new Exception(HOSTILE));
        cause.addSuppressed(thrown);
        String text = logged(new PatternFormatter("%p %s%e%n"), thrown);

        assertThat(text)
                .contains(
                        "java.lang.IllegalArgumentException: fit",
                        "Caused by: java.lang.IllegalStateException: " + WRITTEN,
                        "Suppressed: java.lang.Exception: " + WRITTEN,
                        "SingleLineFilterTest.exceptionsCannotForgeLogLines");
        assertThat(text.lines().skip(1))
                .allMatch(
                        line -> line.isEmpty()
                                || line.matches(
                                        "(\\s+at |\\s*Caused by: |\\s*Suppressed: |\\s*\\.\\.\\. |java\\.lang\\.Ill|\\s*\\[CIRCULAR).*"));
    }

    @Test
    void repeatedFaultsAreLeftOutAndCounted() {
        AtomicLong now = new AtomicLong();
        RepeatLimit limit = new RepeatLimit(now::get);
        for (int i = 0; i < RepeatLimit.PER_MINUTE; i++) {
            assertThat(limit.count("logger", "%s failed")).isZero();
        }
        assertThat(limit.count("logger", "%s failed")).isEqualTo(-1);
        assertThat(limit.count("logger", "%s failed")).isEqualTo(-1);
        assertThat(limit.count("logger", "another")).isZero();
        assertThat(limit.count("other", "%s failed")).isZero();
        now.addAndGet(TimeUnit.MINUTES.toNanos(1));
        assertThat(limit.count("logger", "%s failed")).isEqualTo(2);
        assertThat(limit.count("logger", "%s failed")).isZero();
    }

    @Test
    void onlyWarningsAndErrorsAreLeftOut() {
        SingleLineFilter filter = new SingleLineFilter();
        for (Level level : new Level[] {Level.INFO, Level.WARN}) {
            int logged = 0;
            for (int i = 0; i < 2 * RepeatLimit.PER_MINUTE; i++) {
                logged += filter.isLoggable(new ExtLogRecord(level, "again", "logger")) ? 1 : 0;
            }
            assertThat(logged).isEqualTo(level == Level.INFO ? 2 * RepeatLimit.PER_MINUTE : RepeatLimit.PER_MINUTE);
        }
    }

    @Test
    void safeExceptionIsUnchanged() {
        Exception fit = new IllegalStateException("fit");
        assertThat(SingleLineThrowable.of(fit)).isSameAs(fit);
    }

    @Test
    void jsonFormatIsSafeToo() throws Exception {
        String json = logged(new JsonFormatter(), new IllegalStateException(HOSTILE));
        JsonNode line = new ObjectMapper().readTree(json);
        assertThat(json.strip().lines()).hasSize(1);
        assertThat(List.of(
                        line.get("message").asText(),
                        line.get("exception").get("message").asText()))
                .allMatch(text -> text.contains(WRITTEN));
    }
}

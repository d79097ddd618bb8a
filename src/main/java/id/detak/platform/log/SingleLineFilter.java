package id.detak.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/**
 * Makes each log record one line, except for stack traces, and leaves out warnings and errors that repeat too often.
 * {@code quarkus.log.console.filter} refers to it, so that every record passes through it, including those of
 * libraries.
 */
@LoggingFilter(name = "one-line")
public final class SingleLineFilter implements Filter {

    private final RepeatLimit repeats = new RepeatLimit(System::nanoTime);

    @Override
    public boolean isLoggable(LogRecord record) {
        int leftOut = record.getLevel().intValue() < Level.WARNING.intValue()
                ? 0
                : repeats.count(String.valueOf(record.getLoggerName()), String.valueOf(record.getMessage()));
        if (leftOut < 0) {
            return false;
        }
        if (record instanceof ExtLogRecord extended) {
            String message = extended.getFormattedMessage();
            String clean = SingleLine.of(message)
                    + (leftOut == 0 ? "" : " (" + leftOut + " similar messages were not logged)");
            if (!clean.equals(message)) {
                extended.setMessage(clean, FormatStyle.NO_FORMAT);
            }
        }
        record.setThrown(SingleLineThrowable.of(record.getThrown()));
        return true;
    }
}

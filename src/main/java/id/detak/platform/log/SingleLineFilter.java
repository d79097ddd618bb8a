package id.detak.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;

/**
 * Makes each log record one line, except for stack traces. {@code quarkus.log.console.filter} refers to it, so that
 * every record passes through it, including those of libraries.
 */
@LoggingFilter(name = "one-line")
public final class SingleLineFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord extended) {
            String message = extended.getFormattedMessage();
            String clean = SingleLine.of(message);
            if (clean != message) {
                extended.setMessage(clean, FormatStyle.NO_FORMAT);
            }
        }
        record.setThrown(SingleLineThrowable.of(record.getThrown()));
        return true;
    }
}

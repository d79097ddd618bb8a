package id.detak.platform.log;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Makes each record of the log one line, stack traces apart, whose lines all are Java's. Named by
 * {@code quarkus.log.console.filter}, so that all which is logged goes through it, whoever logs.
 */
@LoggingFilter(name = "one-line")
public final class SingleLineFilter implements Filter {

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord said) {
            String message = said.getFormattedMessage();
            String clean = SingleLine.of(message);
            if (clean != message) {
                said.setMessage(clean, FormatStyle.NO_FORMAT);
            }
        }
        record.setThrown(SingleLineThrowable.of(record.getThrown()));
        return true;
    }
}

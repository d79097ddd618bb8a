package id.detak.platform.log;

import id.detak.platform.BadSettingException;
import java.util.Locale;

/** The format of log lines: {@code DETAK_LOG_FORMAT}. */
public enum LogFormat {
    TEXT,
    JSON;

    /** @param word {@code text} or {@code json}, or null: text */
    public static LogFormat of(String word) {
        try {
            return word == null ? TEXT : valueOf(word.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new BadSettingException("DETAK_LOG_FORMAT must be text or json.");
        }
    }
}

package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import id.detak.platform.language.Language;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A message to one channel. Its fields, in this order, are the JSON of a webhook. It never changes, so each attempt
 * sends the same bytes.
 *
 * @param key different for each message and channel, the same for each attempt, so that a receiver recognizes a repeat
 * @param alertId null for a test; the same for all messages about one problem of a source
 * @param rule name of the rule
 * @param code of the indicator; null for a test
 * @param value null if the indicator has none
 * @param changePercent change that the rule measured, in percent, or null
 * @param reference what the value was compared with (previous close, highest, level), or null
 * @param captureId capture that caused it, or null
 * @param url of the page that shows it
 * @param source source that the message is about; null if it is about an alert
 * @param language of the text; null in a message of an earlier version, which is English
 */
public record Message(
        UUID key,
        MessageEvent event,
        UUID alertId,
        String rule,
        Severity severity,
        String code,
        OffsetDateTime observedAt,
        BigDecimal value,
        BigDecimal changePercent,
        BigDecimal reference,
        String text,
        UUID captureId,
        String url,
        @JsonInclude(JsonInclude.Include.NON_NULL) String source,
        @JsonInclude(JsonInclude.Include.NON_NULL) Language language) {

    public Message(
            UUID key,
            MessageEvent event,
            UUID alertId,
            String rule,
            Severity severity,
            String code,
            OffsetDateTime observedAt,
            BigDecimal value,
            BigDecimal changePercent,
            BigDecimal reference,
            String text,
            UUID captureId,
            String url) {
        this(
                key,
                event,
                alertId,
                rule,
                severity,
                code,
                observedAt,
                value,
                changePercent,
                reference,
                text,
                captureId,
                url,
                null,
                Language.ENGLISH);
    }

    /** The same in another language. */
    public Message withText(Language other, String translated) {
        return new Message(
                key,
                event,
                alertId,
                rule,
                severity,
                code,
                observedAt,
                value,
                changePercent,
                reference,
                translated,
                captureId,
                url,
                source,
                other);
    }

    /** Whether it says that something is wrong. */
    public boolean rings() {
        return event == MessageEvent.FIRING || event == MessageEvent.REMINDER;
    }

    Message withKey(UUID other) {
        return new Message(
                other,
                event,
                alertId,
                rule,
                severity,
                code,
                observedAt,
                value,
                changePercent,
                reference,
                text,
                captureId,
                url,
                source,
                language);
    }
}

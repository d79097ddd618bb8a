package id.detak.notify;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * One thing to be told on one channel: the JSON of a webhook, field by field in this order. It is made when it is decided and
 * never changes, so a repeat is the same to the byte.
 *
 * @param key another for each message and channel, the same for each try: by it a receiver knows a repeat
 * @param alertId null for a test; of a message about a source, what stands for its trouble from beginning to end
 * @param rule its name
 * @param code of the indicator; null for a test
 * @param value null where the indicator shows none
 * @param changePercent what the rule measured, in percent, or null
 * @param reference what the value was held against (previous close, highest, level), or null
 * @param captureId the capture that decided it, or null
 * @param url of the page that shows it
 * @param source that the message is about; null where it is about an alert
 */
public record Message(UUID key, MessageEvent event, UUID alertId, String rule, Severity severity, String code, OffsetDateTime observedAt, BigDecimal value,
        BigDecimal changePercent, BigDecimal reference, String text, UUID captureId, String url, @JsonInclude(JsonInclude.Include.NON_NULL) String source) {

    public Message(UUID key, MessageEvent event, UUID alertId, String rule, Severity severity, String code, OffsetDateTime observedAt, BigDecimal value, BigDecimal changePercent,
            BigDecimal reference, String text, UUID captureId, String url) {
        this(key, event, alertId, rule, severity, code, observedAt, value, changePercent, reference, text, captureId, url, null);
    }

    Message withKey(UUID other) {
        return new Message(other, event, alertId, rule, severity, code, observedAt, value, changePercent, reference, text, captureId, url, source);
    }
}

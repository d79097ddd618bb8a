package id.detak.page.alerts;

import id.detak.notify.DeliveryLog;
import id.detak.notify.MessageEvent;
import id.detak.page.shared.Formats;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * A message and its delivery, in the reader's language.
 *
 * @param when it was delivered, else when it was last attempted, else when it was created
 * @param next the time of the next attempt, or null
 */
public record DeliveryRow(
        UUID key,
        String channel,
        MessageEvent event,
        String state,
        int tries,
        String reason,
        String when,
        String next) {

    public static DeliveryRow of(Formats formats, DeliveryLog.Item item) {
        OffsetDateTime when = item.deliveredAt() != null
                ? item.deliveredAt()
                : item.lastTriedAt() != null ? item.lastTriedAt() : item.createdAt();
        return new DeliveryRow(
                item.key(),
                item.channel(),
                item.event(),
                item.state(),
                item.tries(),
                formats.sentence(item.reason()),
                formats.time(when.toInstant()),
                item.nextTryAt() == null ? null : formats.time(item.nextTryAt().toInstant()));
    }

    /** A failed test message is not retried; the channel's test button sends a new one. */
    public boolean canBeRetried() {
        return state.equals("failed") && event != MessageEvent.TEST;
    }
}

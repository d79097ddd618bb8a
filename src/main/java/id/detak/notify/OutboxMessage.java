package id.detak.notify;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** A message to one channel, as it is stored first. The deliverer changes whole batches of them with SQL. */
@Entity
@Table(name = "notification")
class OutboxMessage {

    /** The message's key, by which a receiver recognizes a repeat. */
    @Id
    UUID id;

    @Column(nullable = false)
    String lane;

    @Column(name = "channel_id", nullable = false)
    UUID channelId;

    /** Stays readable when the channel is deleted. */
    @Column(name = "channel_name", nullable = false)
    String channelName;

    @Column(name = "rule_id")
    UUID ruleId;

    @Column(name = "alert_id")
    UUID alertId;

    /** Null unless it is about a source. */
    String source;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    MessageEvent event;

    /** JSON. */
    @Column(nullable = false)
    String message;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    DeliveryState state;

    @Column(name = "not_before", nullable = false)
    Instant notBefore;

    int tries;

    @Column(name = "first_tried_at")
    Instant firstTriedAt;

    @Column(name = "last_tried_at")
    Instant lastTriedAt;

    /** Why the last attempt failed, or why it is skipped. */
    String reason;

    @Column(name = "delivered_at")
    Instant deliveredAt;

    protected OutboxMessage() {}

    /** A message that waits until it is due. */
    OutboxMessage(Channel channel, String lane, UUID ruleId, Message message, String json, Instant notBefore) {
        this.id = message.key();
        this.lane = lane;
        this.channelId = channel.id();
        this.channelName = channel.name();
        this.ruleId = ruleId;
        this.alertId = message.alertId();
        this.source = message.source();
        this.event = message.event();
        this.message = json;
        this.state = DeliveryState.WAITING;
        this.notBefore = notBefore;
    }

    /** @param failure why the receiver did not take it, or null */
    void tried(Instant at, String failure) {
        tries++;
        firstTriedAt = at;
        lastTriedAt = at;
        reason = failure;
        state = failure == null ? DeliveryState.DELIVERED : DeliveryState.FAILED;
        deliveredAt = failure == null ? at : null;
    }
}

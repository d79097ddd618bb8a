package id.detak.notify;

import static id.detak.database.DatabaseRetry.retrying;

import id.detak.database.DatabaseConfig;
import id.detak.database.LeaseTable.Claim;
import id.detak.database.LeaseWorker;
import id.detak.notify.Lanes.Batch;
import id.detak.notify.channel.ChannelSettings;
import id.detak.notify.channel.MessageSender;
import id.detak.notify.channel.SendResult;
import id.detak.platform.security.WrongKeyException;
import io.quarkus.logging.Log;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Delivers the messages of the outbox, each lane in its order. A channel that hangs occupies at most two threads. */
@ApplicationScoped
public class Deliverer {

    private static final int AT_ONCE = 32;
    private static final int AT_ONCE_ON_A_CHANNEL = 2;
    private static final Duration FOR_ANOTHER_PROCESS = Duration.ofSeconds(15);
    /**
     * Messages that were read longer ago are read again before they are sent, because the process may have been paused.
     */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Lanes lanes;
    private final Channels channels;
    private final MessageSender sending;
    private final DeliveryMetrics metrics;
    private final LeaseWorker work;
    private final Map<UUID, Integer> busy = new ConcurrentHashMap<>();

    Deliverer(Lanes lanes, Channels channels, MessageSender sending, DeliveryMetrics metrics, DatabaseConfig config) {
        this.lanes = lanes;
        this.channels = channels;
        this.sending = sending;
        this.metrics = metrics;
        this.work = new LeaseWorker(
                "notify",
                AT_ONCE,
                config.databaseOwned(),
                new LeaseWorker.Rows() {
                    @Override
                    public Optional<Claim> claim() {
                        Optional<Claim> claim = lanes.claim(busyChannels());
                        claim.ifPresent(claimed -> busy.merge(Lanes.channelOf(claimed.key()), 1, Integer::sum));
                        return claim;
                    }

                    @Override
                    public Optional<Duration> untilNext() {
                        return lanes.untilNext(busyChannels());
                    }

                    @Override
                    public void freeAllBut(Set<String> keys) {
                        lanes.freeAllBut(keys);
                    }

                    @Override
                    public void freeMineBut(Set<String> keys) {
                        lanes.freeMineBut(keys);
                    }
                },
                this::deliver);
    }

    /** @param freeLeases whether no other process can hold a lease */
    public void start(boolean freeLeases) {
        if (freeLeases) {
            lanes.freeAllBut(Set.of());
        }
        work.start();
    }

    public void stop() {
        work.stop();
    }

    void onPut(@Observes(during = TransactionPhase.AFTER_SUCCESS) Outbox.Put put) {
        work.wake();
    }

    private Set<UUID> busyChannels() {
        return busy.entrySet().stream()
                .filter(entry -> entry.getValue() >= AT_ONCE_ON_A_CHANNEL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private void deliver(Claim claim) {
        UUID id = Lanes.channelOf(claim.key());
        try {
            retrying(about(claim), () -> channels.find(id))
                    .filter(Channel::enabled)
                    .ifPresent(channel -> sendAll(claim, channel, channels.settings(channel)));
            retrying(about(claim), () -> {
                lanes.release(claim);
                return null;
            });
        } catch (WrongKeyException e) {
            Log.errorf("Cannot decrypt the settings of channel %s: %s", id, e.getMessage());
            lanes.releaseToOthers(claim, FOR_ANOTHER_PROCESS);
        } finally {
            busy.computeIfPresent(id, (channel, count) -> count == 1 ? null : count - 1);
        }
    }

    private void sendAll(Claim claim, Channel channel, ChannelSettings settings) {
        while (true) {
            long readAt = System.nanoTime();
            Optional<Batch> batch = retrying(about(claim), () -> lanes.take(claim, channel.isReadByPeople()));
            if (batch.isEmpty()) {
                return;
            }
            if (System.nanoTime() - readAt > FRESH.toNanos()) {
                continue;
            }
            Batch whole = batch.get().first(settings.fitting(batch.get().messages()));
            SendResult outcome = send(settings, whole);
            metrics.sent(channel.type(), outcome);
            if (!settle(claim, channel, whole, outcome)) {
                return;
            }
        }
    }

    private SendResult send(ChannelSettings settings, Batch batch) {
        try {
            return sending.send(settings, batch.messages());
        } catch (RuntimeException e) {
            Log.errorf(e, "Failed to send a message to channel %s.", batch.channelId());
            return new SendResult.NotTaken("Internal error; see the log.", null);
        }
    }

    /** @return whether to continue with the lane */
    private boolean settle(Claim claim, Channel channel, Batch batch, SendResult outcome) {
        if (outcome instanceof SendResult.Gone gone && retrying(about(claim), () -> channels.disable(channel))) {
            Log.warnf("Channel %s is disabled: %s", batch.channelId(), gone.reason());
            return retrying(about(claim), () -> {
                lanes.failed(claim, batch, gone.reason());
                return false;
            });
        }
        if (outcome.reason() != null) {
            Log.warnf("Not delivered to a channel: %s Retrying.", outcome.reason());
            return retrying(about(claim), () -> {
                lanes.notTaken(claim, batch, outcome.reason(), outcome.retryAfter());
                return false;
            });
        }
        return retrying(about(claim), () -> lanes.delivered(claim, batch));
    }

    private static String about(Claim claim) {
        return "The delivery to channel " + Lanes.channelOf(claim.key());
    }
}

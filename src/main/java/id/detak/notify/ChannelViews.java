package id.detak.notify;

import id.detak.platform.Wib;
import id.detak.platform.language.Language;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Channels as the API and the page show them: without their secrets. */
@ApplicationScoped
public class ChannelViews {

    private final Channels channels;
    private final DeliveryLog deliveries;

    ChannelViews(Channels channels, DeliveryLog deliveries) {
        this.channels = channels;
        this.deliveries = deliveries;
    }

    /**
     * A channel without its secrets.
     *
     * @param target the part of its address that may be shown
     * @param sources whether it takes messages about sources
     * @param language the language of its messages
     */
    @Schema(name = "Channel")
    public record Item(
            UUID id,
            String name,
            String type,
            String target,
            boolean enabled,
            boolean sources,
            Language language,
            OffsetDateTime createdAt,
            DeliveryLog.Item lastDelivery) {}

    /** The oldest channel first. */
    @Transactional
    public List<Item> all() {
        return channels.all().stream().map(this::item).toList();
    }

    @Transactional
    public Optional<Item> find(UUID id) {
        return channels.find(id).map(this::item);
    }

    Item item(Channel channel) {
        return new Item(
                channel.id(),
                channel.name(),
                channel.type(),
                channel.target(),
                channel.enabled(),
                channel.sourceMessages,
                channel.language(),
                Wib.local(channel.createdAt()),
                deliveries.list(null, channel.id(), null, 1).stream()
                        .findFirst()
                        .orElse(null));
    }
}

package id.detak.notify;

import id.detak.notify.channel.ChannelType;
import id.detak.platform.language.Language;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** Where messages are sent. */
@Entity
public class Channel {

    @Id
    UUID id;

    @Column(nullable = false)
    String name;

    @Column(nullable = false, updatable = false)
    String type;

    /** The destination without credentials. */
    @Column(nullable = false)
    String target;

    /** All settings, encrypted: an address can be as secret as a password. */
    @Column(nullable = false)
    byte[] sealed;

    @Column(nullable = false)
    boolean enabled;

    /** Whether it takes messages about sources. */
    @Column(name = "source_messages", nullable = false)
    boolean sourceMessages;

    /** The language of its messages. */
    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Language language;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    protected Channel() {}

    Channel(UUID id, String type) {
        this.id = id;
        this.type = type;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String type() {
        return type;
    }

    public String target() {
        return target;
    }

    public boolean enabled() {
        return enabled;
    }

    public boolean takesSourceMessages() {
        return enabled && sourceMessages;
    }

    public Language language() {
        return language;
    }

    public Instant createdAt() {
        return createdAt;
    }

    boolean isReadByPeople() {
        return ChannelType.of(type).readByPeople();
    }
}

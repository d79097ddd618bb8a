package id.detak.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** A token that lets one person or program read, until it is revoked. Only its hash is stored. */
@Entity
@Table(name = "read_token")
public class ReadToken {

    @Id
    UUID id;

    /** The name of its user. */
    @Column(nullable = false)
    String name;

    /** SHA-256 as hex. */
    @Column(nullable = false)
    String hash;

    @Generated
    @Column(name = "created_at", insertable = false, updatable = false)
    Instant createdAt;

    protected ReadToken() {}

    ReadToken(UUID id, String name, String hash) {
        this.id = id;
        this.name = name;
        this.hash = hash;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public Instant createdAt() {
        return createdAt;
    }
}

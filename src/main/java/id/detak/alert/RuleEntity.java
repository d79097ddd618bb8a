package id.detak.alert;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/**
 * A row of {@code rule}. The definition stays text here, so that one which cannot be read does not keep others from
 * loading.
 */
@Entity
@Table(name = "rule")
class RuleEntity {

    @Id
    private UUID id;

    @Column(nullable = false)
    private String definition;

    /** The time of creation by the database's clock. */
    @Column(name = "created_at", insertable = false, updatable = false)
    private Instant createdAt;

    @Column(name = "updated_at", nullable = false)
    private Instant updatedAt;

    protected RuleEntity() {}

    RuleEntity(UUID id, String definition, Instant now) {
        this.id = id;
        update(definition, now);
    }

    final void update(String newDefinition, Instant now) {
        this.definition = newDefinition;
        this.updatedAt = now;
    }

    UUID id() {
        return id;
    }

    String definition() {
        return definition;
    }

    Instant createdAt() {
        return createdAt;
    }
}

package id.detak.access;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.Generated;

/** A session of a person who has signed in. */
@Entity
class Session {

    /** How it was opened. */
    enum Via {
        TOKEN("token"),
        OPEN_ID("oidc");

        @EnumeratedValue
        final String word;

        Via(String word) {
            this.word = word;
        }
    }

    /** SHA-256 of the cookie, as hex. */
    @Id
    String key;

    @Column(nullable = false)
    @Enumerated(EnumType.STRING)
    Via via;

    @Column(nullable = false)
    String role;

    @Column(nullable = false)
    String name;

    /** The token that opened it, if it was a read token. */
    @Column(name = "read_token_id")
    UUID readTokenId;

    @Generated
    @Column(name = "used_at", insertable = false, updatable = false)
    Instant usedAt;

    protected Session() {}

    Session(SessionKey key, Via via, String role, String name, UUID readTokenId) {
        this.key = key.hex();
        this.via = via;
        this.role = role;
        this.name = name;
        this.readTokenId = readTokenId;
    }
}

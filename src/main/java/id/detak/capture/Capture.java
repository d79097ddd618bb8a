package id.detak.capture;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One attempt to fetch a page, and its outcome. Only a reparse changes it: a better parser may find a strip in what is
 * kept.
 */
@Entity
public class Capture {

    /** A larger difference between the response's Date and our clock shows that one of them is wrong. */
    private static final Duration CLOCKS_AGREE = Duration.ofMinutes(1);

    @Id
    UUID id;

    /** The source's name, or the file's for an import. */
    @Column(nullable = false)
    String source;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Via via;

    String url;

    @Column(name = "observed_at", nullable = false)
    Instant observedAt;

    @Column(name = "server_date")
    Instant serverDate;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    FetchOutcome outcome;

    @Column(name = "http_status")
    Integer httpStatus;

    String reason;

    /** The strip as text, not parsed. */
    String strip;

    @Column(nullable = false)
    List<String> unknown = List.of();

    /** The page, gzip, if it contains no strip, or one with less in it than those before. */
    byte[] page;

    @Column(name = "content_hash")
    byte[] contentHash;

    protected Capture() {}

    public UUID id() {
        return id;
    }

    public String source() {
        return source;
    }

    public Via via() {
        return via;
    }

    public String url() {
        return url;
    }

    public Instant observedAt() {
        return observedAt;
    }

    public Instant serverDate() {
        return serverDate;
    }

    public FetchOutcome outcome() {
        return outcome;
    }

    public Integer httpStatus() {
        return httpStatus;
    }

    public String reason() {
        return reason;
    }

    public String strip() {
        return strip;
    }

    public List<String> unknown() {
        return unknown;
    }

    public boolean hasPage() {
        return page != null;
    }

    /** The server's clock less ours, if they differ by more than a minute. */
    public Optional<Duration> clockDifference() {
        return Optional.ofNullable(serverDate)
                .map(date -> Duration.between(observedAt, date))
                .filter(difference -> difference.abs().compareTo(CLOCKS_AGREE) > 0);
    }
}

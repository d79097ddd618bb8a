package id.detak.capture;

import id.detak.platform.Wib;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
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

    private static final Duration MAX_STRIP_DELAY = Duration.ofHours(23);

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

    @Column(name = "strip_clock")
    String stripClock;

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

    /** The time that the strip itself shows, as HH:mm WIB; null if it shows none. */
    public String stripClock() {
        return stripClock;
    }

    /** A strip's clock as it is stored. */
    public static String stripClock(LocalTime clock) {
        return clock == null ? null : clock.truncatedTo(ChronoUnit.MINUTES).toString();
    }

    /** How far the strip's own clock was behind the fetch, if the strip shows one. */
    public Optional<Duration> stripDelay() {
        return Optional.ofNullable(stripClock).map(clock -> {
            Duration behind = Duration.between(
                    LocalTime.parse(clock), observedAt.atZone(Wib.ZONE).toLocalTime());
            Duration sinceThen = behind.isNegative() ? behind.plusDays(1) : behind;
            // a clock that is a little ahead of ours is not one of yesterday
            return sinceThen.compareTo(MAX_STRIP_DELAY) > 0 ? Duration.ZERO : sinceThen;
        });
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

package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * What is wrong with a source, from its first bad poll until it is good again. A problem that comes back is the same
 * one with another round: while good polls alternate with bad ones, and within a day of its end.
 */
@Entity
@Table(name = "source_trouble")
public class SourceProblem {

    private static final Duration SAME_PROBLEM = Duration.ofDays(1);
    /**
     * Each round doubles the number of good polls that end a problem, so that an alternating problem does not end each
     * time.
     */
    private static final int MAX_DOUBLINGS = 2;

    public enum Kind {
        /** There was no page. */
        UNREACHABLE("unreachable", true, 1),
        /** There was a page, but without a strip. */
        NO_STRIP("no-strip", true, 3),
        /** The strip contains less than those before. */
        INCOMPLETE("incomplete", false, 3),
        /** The strip's own clock is far behind the fetch. */
        STALE("stale", false, 3);

        @EnumeratedValue
        private final String word;

        private final boolean total;
        private final int goodPolls;

        Kind(String word, boolean total, int goodPolls) {
            this.word = word;
            this.total = total;
            this.goodPolls = goodPolls;
        }

        /** The word in the table and in JSON. */
        @JsonValue
        public String word() {
            return word;
        }

        /** Whether no numbers arrive at all. */
        public boolean isTotal() {
            return total;
        }
    }

    @Id
    String source;

    @Column(nullable = false)
    UUID id;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Kind kind;

    @Column(name = "kind_since", nullable = false)
    Instant kindSince;

    @Column(nullable = false)
    String reason;

    @Column(nullable = false)
    Instant since;

    @Column(nullable = false)
    int polls;

    @Column(nullable = false)
    int rounds;

    @Column(name = "good_polls", nullable = false)
    int goodPolls;

    @Column(name = "told_at")
    Instant notifiedAt;

    @Enumerated(EnumType.STRING)
    @Column(name = "told_kind")
    Kind notifiedKind;

    @Column(name = "remind_at")
    Instant remindAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Column(name = "acknowledged_at")
    Instant acknowledgedAt;

    @Column(name = "acknowledged_by")
    String acknowledgedBy;

    protected SourceProblem() {}

    /** A problem that begins with one bad poll. */
    public SourceProblem(String source, Kind kind, String reason, Instant since) {
        this.source = source;
        begin(kind, reason, since);
    }

    private void begin(Kind first, String firstReason, Instant at) {
        id = UUID.randomUUID();
        kind = first;
        kindSince = at;
        reason = firstReason;
        since = at;
        polls = 1;
        rounds = 1;
        goodPolls = 0;
        reopen();
    }

    private void reopen() {
        endedAt = null;
        notifiedAt = null;
        notifiedKind = null;
        remindAt = null;
        acknowledgedAt = null;
        acknowledgedBy = null;
    }

    /** Counts one more bad poll, whose kind and reason replace those before. */
    public SourceProblem addBadPoll(Kind next, String nextReason, Instant at) {
        if (endedAt != null && endedAt.isBefore(at.minus(SAME_PROBLEM))) {
            begin(next, nextReason, at);
            return this;
        }
        if (endedAt != null) {
            reopen();
        }
        if (goodPolls > 0) {
            rounds++;
        }
        if (goodPolls > 0 || next != kind) {
            kindSince = at;
        }
        goodPolls = 0;
        kind = next;
        reason = nextReason;
        polls++;
        return this;
    }

    /**
     * Counts a good poll.
     *
     * @return whether it ends the problem
     */
    public boolean addGoodPoll(Instant at) {
        if (!isOpen()) {
            return false;
        }
        goodPolls++;
        if (goodPolls < kind.goodPolls << Math.min(rounds - 1, MAX_DOUBLINGS)) {
            return false;
        }
        endedAt = at;
        return true;
    }

    /** Notes that the channels were notified of what it is now, and when to remind them. */
    public void notified(Instant at, Instant remind) {
        notifiedAt = notifiedAt == null ? at : notifiedAt;
        notifiedKind = kind;
        remindAt = remind;
    }

    public boolean isNotified() {
        return notifiedAt != null;
    }

    /** Whether numbers stopped arriving after channels were notified of a smaller problem. */
    public boolean isWorseThanNotified() {
        return isNotified() && kind.isTotal() && !notifiedKind.isTotal();
    }

    public boolean isOpen() {
        return endedAt == null;
    }

    /** Stops the reminders of this problem. One that gets worse, or comes back after its end, is reported again. */
    public void acknowledge(Instant at, String by) {
        acknowledgedAt = at;
        acknowledgedBy = by;
    }

    public void withdrawAcknowledgement() {
        acknowledgedAt = null;
        acknowledgedBy = null;
    }

    public boolean isAcknowledged() {
        return acknowledgedAt != null;
    }

    /** Null if it is not acknowledged. */
    public Instant acknowledgedAt() {
        return acknowledgedAt;
    }

    /** Null if it is not acknowledged. */
    public String acknowledgedBy() {
        return acknowledgedBy;
    }

    /** Groups the messages about this problem. */
    public UUID id() {
        return id;
    }

    public String source() {
        return source;
    }

    public Kind kind() {
        return kind;
    }

    /** The first bad poll of this kind since the last good one. */
    public Instant kindSince() {
        return kindSince;
    }

    /** The reason of the last bad poll, as a sentence. */
    public String reason() {
        return reason;
    }

    /** The first bad poll. */
    public Instant since() {
        return since;
    }

    /** Bad polls since the problem began. */
    public int polls() {
        return polls;
    }

    /** How often bad polls began: 1, and one more each time that the problem came back. */
    public int rounds() {
        return rounds;
    }

    /** Good polls since the last bad one. */
    public int goodPolls() {
        return goodPolls;
    }

    /** Null before the first notification. */
    public Instant notifiedAt() {
        return notifiedAt;
    }

    /** Null before the first notification. */
    public Instant remindAt() {
        return remindAt;
    }
}

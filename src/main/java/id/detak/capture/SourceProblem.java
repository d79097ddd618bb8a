package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.EnumeratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What is wrong with a source, from its first bad poll to the next good one. */
@Entity
@Table(name = "source_trouble")
public class SourceProblem {

    public enum Kind {
        /** No page came. */
        UNREACHABLE("unreachable"),
        /** A page came, but it contains no strip. */
        NO_STRIP("no-strip"),
        /** The strip contains less than those before. */
        INCOMPLETE("incomplete");

        @EnumeratedValue
        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The word in the table and in JSON. */
        @JsonValue
        public String word() {
            return word;
        }
    }

    @Id
    String source;

    @Column(nullable = false)
    UUID id;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Kind kind;

    @Column(nullable = false)
    String reason;

    @Column(nullable = false)
    Instant since;

    @Column(nullable = false)
    int polls;

    @Column(name = "told_at")
    Instant notifiedAt;

    @Column(name = "remind_at")
    Instant remindAt;

    protected SourceProblem() {}

    /** A problem that begins with one bad poll. */
    public SourceProblem(String source, Kind kind, String reason, Instant since) {
        this.source = source;
        this.id = UUID.randomUUID();
        this.kind = kind;
        this.reason = reason;
        this.since = since;
        this.polls = 1;
    }

    /** Counts one more bad poll, whose kind and reason replace those before. */
    public SourceProblem addPoll(Kind nextKind, String nextReason) {
        kind = nextKind;
        reason = nextReason;
        polls++;
        return this;
    }

    /** Notes that the channels were notified, and when to remind them. */
    public void notified(Instant at, Instant remind) {
        notifiedAt = notifiedAt == null ? at : notifiedAt;
        remindAt = remind;
    }

    public boolean isNotified() {
        return notifiedAt != null;
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

    /** Of the last bad poll, as a sentence. */
    public String reason() {
        return reason;
    }

    /** The first bad poll. */
    public Instant since() {
        return since;
    }

    /** Bad polls in a row. */
    public int polls() {
        return polls;
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

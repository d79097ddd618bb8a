package id.detak.capture;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * What is wrong with a source, from the first bad poll to the next good one.
 *
 * @param id messages about it belong together by it
 * @param reason of the last bad poll, in a sentence
 * @param since the first bad poll
 * @param polls bad ones in a row
 * @param toldAt null: nobody was told yet
 * @param remindAt when it is told again, or null
 */
public record SourceProblem(UUID id, String source, Kind kind, String reason, Instant since, int polls, Instant toldAt, Instant remindAt) {

    public enum Kind {
        /** No page came. */
        UNREACHABLE,
        /** A page came, and no strip was found in it. */
        NO_STRIP,
        /** A strip was found that holds less than those before. */
        INCOMPLETE;

        /** The word in table and JSON, such as {@code no-strip}. */
        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Kind of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public static SourceProblem begin(String source, Kind kind, String reason, Instant at) {
        return new SourceProblem(UUID.randomUUID(), source, kind, reason, at, 1, null, null);
    }

    public SourceProblem again(Kind now, String why) {
        return new SourceProblem(id, source, now, why, since, polls + 1, toldAt, remindAt);
    }

    public SourceProblem told(Instant at, Instant remind) {
        return new SourceProblem(id, source, kind, reason, since, polls, toldAt == null ? at : toldAt, remind);
    }

    public boolean isTold() {
        return toldAt != null;
    }
}

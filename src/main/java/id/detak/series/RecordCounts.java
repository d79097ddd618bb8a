package id.detak.series;

import java.util.Locale;

/** Counts of the numbers of an import; {@code refused} ones could not be read. */
public record RecordCounts(long created, long same, long conflicting, long refused) {

    public static final RecordCounts NOTHING = new RecordCounts(0, 0, 0, 0);

    public RecordCounts plus(RecordCounts other) {
        return new RecordCounts(
                created + other.created, same + other.same, conflicting + other.conflicting, refused + other.refused);
    }

    public long read() {
        return created + same + conflicting;
    }

    /** {@code read 12, new 10, same 2, conflicting 0, refused 0}. */
    public String summary() {
        return String.format(
                Locale.ROOT,
                "read %d, new %d, same %d, conflicting %d, refused %d",
                read(),
                created,
                same,
                conflicting,
                refused);
    }
}

package id.detak.capture.archive;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * An archive of gzip members. Mostly each holds one record, as the standard recommends; there are those with several, and those
 * whose members have nothing to do with the records (packed by a gzip that works in blocks): the first member tells.
 */
final class GzipArchive implements Unwrapped, AutoCloseable {

    private static final long NONE = -1;
    /** An archive whose first members hold a record each is one whose members may be skipped. */
    private static final int SEEN_BEFORE_SKIPPING = 3;
    /** In a row: then it is another kind of archive, and looking for ends is a waste. */
    private static final int MOST_MISSES = 8;
    private static final int PROGRESS = 1024 * 1024;

    private enum Layout {
        UNKNOWN,
        /** A member ends where a record does, or else the record is cut off. */
        RECORDS_WITHIN_MEMBERS,
        /** All members together are one file. */
        RECORDS_ACROSS_MEMBERS
    }

    private final StoredBytes stored;
    private final MemberSearch search;
    private final boolean skipping;
    private final ArchiveVisitor visitor;
    private final GzipMember member;
    private final Records records;
    private final RecordInput in = new RecordInput(this);
    /** The beginning of a member that was looked at to tell the layout. */
    private final byte[] looked = new byte[RecordHead.MAGIC.length];
    private int lookedFrom;
    private int lookedTo;
    private Layout layout = Layout.UNKNOWN;
    private boolean severalInOne;
    private int seen;
    private int misses;
    /** Whether the member at the position that comes next is open already. */
    private boolean ready;
    /** Where the member that is read ended; NONE while it has not. */
    private long ended;
    private long told;

    /**
     * @param search null where the archive can be read only once
     * @param skipping whether members are skipped, which does not change what is found, but for the limit that the package tells of
     */
    GzipArchive(StoredBytes stored, MemberSearch search, boolean skipping, HostFilter hosts, ArchiveVisitor visitor) {
        this.stored = stored;
        this.search = search;
        this.skipping = skipping && search != null;
        this.visitor = visitor;
        this.member = new GzipMember(stored);
        this.records = new Records(hosts, visitor, true);
    }

    void read() throws IOException {
        long position = 0;
        try {
            while (position != NONE) {
                tellProgress(position);
                position = ready || open(position) ? readMember(position) : afterGap(position);
            }
        } catch (CutOffException e) {
            problem(member.start(), "The archive is cut off here.");
        }
    }

    private void tellProgress(long position) {
        if (position - told >= PROGRESS) {
            told = position;
            visitor.progress(position);
        }
    }

    private boolean open(long position) throws IOException {
        ended = NONE;
        lookedTo = 0;
        lookedFrom = 0;
        in.restart();
        records.restart();
        return member.open(position);
    }

    /** Reads or skips the member that is open. @return where the next one should be, or NONE where there is nothing more to read */
    private long readMember(long position) throws IOException {
        ready = false;
        try {
            long next = maySkip() ? skip(position) : NONE;
            return next == NONE ? readWhole() : next;
        } catch (DamagedMemberException e) {
            if (!records.needNoMention()) {
                problem(position, "A part of the archive is damaged: " + e.getMessage() + ".");
            }
            return layout == Layout.RECORDS_ACROSS_MEMBERS ? NONE : afterDamage(position);
        } catch (CutOffException e) {
            // damage can make a member seem to go on to the end of the file
            long end = layout == Layout.RECORDS_ACROSS_MEMBERS ? NONE : knownEnd(position);
            if (end < 0) {
                throw e;
            }
            if (!records.needNoMention()) {
                problem(position, "A part of the archive is damaged.");
            }
            return end;
        }
    }

    private long readWhole() throws IOException {
        boolean onTrack = records.readAll(in);
        if (!onTrack && layout == Layout.RECORDS_ACROSS_MEMBERS) {
            return NONE; // no place is known any more where a record begins
        }
        if (onTrack && layout == Layout.UNKNOWN && records.count() > 0) {
            layout = Layout.RECORDS_WITHIN_MEMBERS;
        }
        severalInOne |= records.count() > 1;
        seen += records.count();
        byte[] nobodyWants = new byte[onTrack ? 0 : 16 * 1024];
        while (ended == NONE) {
            read(nobodyWants, 0, nobodyWants.length);
        }
        return ended;
    }

    private boolean maySkip() {
        return skipping && layout == Layout.RECORDS_WITHIN_MEMBERS && !severalInOne && seen >= SEEN_BEFORE_SKIPPING && misses < MOST_MISSES;
    }

    /** @return where the next member is, which is open then; NONE where this one is to be read */
    private long skip(long position) throws IOException {
        Optional<RecordHead> head = records.glance(in);
        if (head.isEmpty() || records.isWanted(head.get()) || head.get().recordLength() <= in.available()) {
            return NONE;
        }
        long end = search.endOf(position, head.get().recordLength());
        if (end < 0) {
            misses += end == MemberSearch.UNSURE ? 0 : 1;
            return NONE;
        }
        misses = 0;
        if (isRecordAt(end)) {
            return end;
        }
        open(position);
        return NONE;
    }

    private long knownEnd(long position) throws IOException {
        return search == null || records.firstLength() < 0 ? NONE : search.endOf(position, records.firstLength());
    }

    private long afterDamage(long position) throws IOException {
        long end = knownEnd(position);
        if (end >= 0) {
            return end;
        }
        // one that could be inflated, and has the wrong checksum only, ends where it seems to
        if (member.isFinished() && member.open(member.end())) {
            return member.start();
        }
        return nextRecord(Math.max(position + 1, stored.earliest()));
    }

    /** No member begins there. @return where the next one does */
    private long afterGap(long position) throws IOException {
        long gap = afterZeros(position);
        if (gap == NONE) {
            return NONE;
        }
        long next = nextRecord(gap);
        if (next != gap) {
            problem(gap, next == NONE ? "The archive is cut off here, or what follows is none."
                    : "There are " + (next - gap) + " bytes here that are not of an archive.");
        }
        return next;
    }

    /** Some writers pad with them. @return where they end; NONE where there is nothing else */
    private long afterZeros(long from) throws IOException {
        byte[] window = new byte[64 * 1024];
        long position = from;
        int n = stored.read(position, window, 0, window.length);
        while (n >= 0) {
            for (int i = 0; i < n; i++) {
                if (window[i] != 0) {
                    return position + i;
                }
            }
            position += n;
            n = stored.read(position, window, 0, window.length);
        }
        return NONE;
    }

    private long nextRecord(long from) throws IOException {
        long position = GzipMagic.find(stored, from);
        while (position >= 0 && !isRecordAt(position)) {
            position = GzipMagic.find(stored, position + 1);
        }
        return position;
    }

    private boolean isRecordAt(long position) throws IOException {
        try {
            ready = open(position) && in.isAtRecord();
        } catch (DamagedMemberException | CutOffException e) {
            ready = false;
        }
        return ready;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (lookedFrom < lookedTo) {
            int n = Math.min(length, lookedTo - lookedFrom);
            System.arraycopy(looked, lookedFrom, target, offset, n);
            lookedFrom += n;
            return n;
        }
        if (ended != NONE) {
            return -1;
        }
        int n = member.read(target, offset, length);
        ended = n < 0 ? member.end() : NONE;
        return n;
    }

    @Override
    public boolean goesOn() throws IOException {
        if (layout == Layout.RECORDS_WITHIN_MEMBERS || !member.open(ended)) {
            return false;
        }
        lookedFrom = 0;
        lookedTo = 0;
        int n = 0;
        while (n >= 0 && lookedTo < looked.length) {
            n = member.read(looked, lookedTo, looked.length - lookedTo);
            lookedTo += Math.max(n, 0);
        }
        if (layout == Layout.UNKNOWN && Arrays.equals(looked, 0, lookedTo, RecordHead.MAGIC, 0, RecordHead.MAGIC.length)) {
            layout = Layout.RECORDS_WITHIN_MEMBERS;
            lookedTo = 0;
            return false;
        }
        layout = Layout.RECORDS_ACROSS_MEMBERS;
        ended = n < 0 ? member.end() : NONE;
        return true;
    }

    @Override
    public long positionOf(int bytesRead) {
        return member.start();
    }

    private void problem(long offset, String reason) {
        visitor.problem(new ArchiveProblem(offset, reason));
    }

    @Override
    public void close() {
        member.close();
    }
}

package id.detak.capture.archive;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Reads the records of one piece after the other, and tells the visitor of the wanted ones. */
final class Records {

    private final HostFilter hosts;
    private final ArchiveVisitor visitor;
    private final boolean othersFollow;
    private int count;
    private boolean unwanted;
    private boolean lost;
    private long firstLength;

    /** @param othersFollow whether there may be more pieces, so that the loss of this one is not the loss of all that follows */
    Records(HostFilter hosts, ArchiveVisitor visitor, boolean othersFollow) {
        this.hosts = hosts;
        this.visitor = visitor;
        this.othersFollow = othersFollow;
    }

    /** Forgets the piece before. */
    void restart() {
        count = 0;
        unwanted = false;
        lost = false;
        firstLength = -1;
    }

    /** How many records of the piece were read to their ends. */
    int count() {
        return count;
    }

    /** Whether a damage of the piece need not be told: its first record is being read and nobody wants it, or it was told already. */
    boolean needNoMention() {
        return unwanted && count == 0 || lost;
    }

    /** What the first record's head says of its whole length; -1 where none was read. */
    long firstLength() {
        return firstLength;
    }

    /** The head of the piece's first record, which is not taken; empty where there is none or it cannot be read. */
    Optional<RecordHead> glance(RecordInput in) throws IOException {
        try {
            RecordHead head = in.head();
            note(head);
            return Optional.of(head);
        } catch (Unreadable e) {
            return Optional.empty();
        }
    }

    boolean isWanted(RecordHead head) {
        return head.isWanted(hosts);
    }

    /** @return false where the piece's end was not found: what follows in it is lost */
    boolean readAll(RecordInput in) throws IOException {
        in.skipLineEnds();
        while (!in.isAtEnd()) {
            if (!read(in)) {
                lost = true;
                return false;
            }
        }
        return true;
    }

    private boolean read(RecordInput in) throws IOException {
        long offset = in.position();
        RecordHead head;
        try {
            unwanted = false;
            head = in.head();
        } catch (Unreadable e) {
            problem(offset, e.getMessage());
            return false;
        }
        note(head);
        in.takeHead(head);
        RecordBlock block = new RecordBlock(in, head.contentLength());
        Optional<ArchivedPage> page = Optional.empty();
        String reason = null;
        if (!unwanted) {
            try {
                page = page(head, block, offset);
            } catch (Unreadable e) {
                reason = e.getMessage();
            }
        }
        boolean whole = block.drain();
        boolean onTrack = whole && isAtEndOfRecord(in);
        if (!onTrack && !(needNoMention() && othersFollow)) {
            reason = whole ? "The record does not end where its Content-Length says." : "The record is cut off.";
        }
        count += onTrack ? 1 : 0;
        if (reason != null) {
            problem(offset, reason);
        } else if (page.isPresent()) {
            visitor.page(page.get());
        }
        return onTrack;
    }

    private void note(RecordHead head) {
        unwanted = !isWanted(head);
        if (count == 0) {
            firstLength = head.recordLength();
        }
    }

    /** Sees to what is behind the record, before anybody is told of it: at a member's end its checksum is checked. */
    private static boolean isAtEndOfRecord(RecordInput in) throws IOException {
        in.skipLineEnds();
        return in.isAtEnd() || in.isAtRecord();
    }

    private static Optional<ArchivedPage> page(RecordHead head, RecordBlock block, long offset) throws IOException, Unreadable {
        Optional<PagePayload> payload = PagePayload.of(head, block);
        if (payload.isEmpty()) {
            return Optional.empty();
        }
        URI url = TargetUri.of(head.target()).orElseThrow();
        return Optional.of(new ArchivedPage(url, head.date(), payload.get().body(), payload.get().contentType(), offset));
    }

    private void problem(long offset, String reason) {
        visitor.problem(new ArchiveProblem(offset, reason));
    }
}

package id.detak.capture.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Reads WARC and WET archives, as they are or gzip, of any size: the memory that it takes does not grow with it. */
public final class Archive {

    private Archive() {
    }

    /** @param head the first bytes of a file, at least 512 where it has them */
    public static boolean isArchive(byte[] head) {
        if (!isGzip(head)) {
            return beginsAsRecord(head);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(head))) {
            return beginsAsRecord(in.readNBytes(RecordHead.MAGIC.length));
        } catch (IOException e) {
            return false;
        }
    }

    /** Tells the visitor of the pages of these hosts that the file holds. Members of a gzip file that hold none are gone over without being inflated. */
    public static void read(Path file, HostFilter hosts, ArchiveVisitor visitor) throws IOException {
        read(file, true, hosts, visitor);
    }

    /** @param skipping false to inflate everything, which is slow and finds the same, but for the limit that the package tells of */
    static void read(Path file, boolean skipping, HostFilter hosts, ArchiveVisitor visitor) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            StoredBytes stored = new StoredFile(channel);
            read(stored, new MemberSearch(stored), skipping, hosts, visitor);
        }
    }

    /** As {@link #read(Path, HostFilter, ArchiveVisitor)}, from a stream, which is not closed. */
    public static void read(InputStream in, HostFilter hosts, ArchiveVisitor visitor) throws IOException {
        read(new StoredStream(in), null, false, hosts, visitor);
    }

    private static void read(StoredBytes stored, MemberSearch search, boolean skipping, HostFilter hosts, ArchiveVisitor visitor) throws IOException {
        byte[] magic = new byte[2];
        int first = stored.read(0, magic, 0, 1);
        int second = first < 0 ? first : stored.read(1, magic, 1, 1);
        if (second > 0 && isGzip(magic)) {
            try (GzipArchive archive = new GzipArchive(stored, search, skipping, hosts, visitor)) {
                archive.read();
            }
        } else {
            new Records(hosts, visitor, false).readAll(new RecordInput(new PlainBytes(stored, visitor)));
        }
    }

    private static boolean isGzip(byte[] head) {
        return head.length >= 2 && head[0] == 0x1f && head[1] == (byte) 0x8b;
    }

    private static boolean beginsAsRecord(byte[] bytes) {
        return bytes.length >= RecordHead.MAGIC.length && Arrays.equals(bytes, 0, RecordHead.MAGIC.length, RecordHead.MAGIC, 0, RecordHead.MAGIC.length);
    }
}

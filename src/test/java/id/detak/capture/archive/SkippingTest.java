package id.detak.capture.archive;

import static id.detak.capture.archive.ArchiveTest.everyWay;
import static id.detak.capture.archive.Warcs.bytes;
import static id.detak.capture.archive.Warcs.gzip;
import static id.detak.capture.archive.Warcs.join;
import static id.detak.capture.archive.Warcs.littleEndian;
import static id.detak.capture.archive.Warcs.random;
import static id.detak.capture.archive.Warcs.record;
import static id.detak.capture.archive.Warcs.response;
import static id.detak.capture.archive.Warcs.stored;
import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.archive.Warcs.Told;
import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

@BesideTheApplication
class SkippingTest {

    private static final String URL = "https://www.kontan.co.id/berita";
    private static final String OTHER = "https://lain.example/unggahan";

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void skippingFindsWhatInflatingEverythingFinds(@ForAll long seed) throws IOException {
        byte[] archive = archive(new Random(seed));
        Told told = everyWay(archive);
        assertThat(told.problems()).isEmpty();
        assertThat(told.pages().stream().map(page -> page.url() + " " + Arrays.hashCode(page.body())).toList()).isEqualTo(byJwarc(archive));
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void soItDoesInADamagedArchive(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] archive = archive(random);
        for (int i = random.nextInt(3); i >= 0; i--) {
            archive[random.nextInt(archive.length)] ^= (byte) (1 << random.nextInt(8));
        }
        everyWay(archive);
    }

    @Test
    void anArchiveWithinAPageIsNotRead() {
        byte[] planted = join(gzip(response(URL, "palsu")), gzip(response(URL, "palsu juga")));
        for (int trial = 0; trial < 20; trial++) {
            byte[] payload = join(random(trial, 3000 + trial), planted, random(trial, 4000), planted, random(trial, 70_000));
            for (byte[] member : List.of(stored(response(OTHER, payload)), gzip(response(OTHER, payload)))) {
                Told told = everyWay(join(Warcs.someOthers(), member, gzip(response(URL, "asli"))));
                assertThat(told.bodies()).containsExactly("asli");
                assertThat(told.problems()).isEmpty();
            }
        }
    }

    @Test
    void notEvenWhereItFollowsTheVeryLengthThatIsLookedFor() {
        // who knows how the crawler writes its headers can reckon the length that its record will have
        byte[] planted = gzip(response(URL, "palsu"));
        int length = 20_000;
        byte[] body = random(1, length);
        byte[] size = littleEndian(response(OTHER, body).length);
        for (int at : new int[] {2000, 9000, length - planted.length - 4}) {
            byte[] payload = join(Arrays.copyOf(body, at), size, planted, Arrays.copyOfRange(body, at + size.length + planted.length, length));
            byte[] hostile = response(OTHER, payload);
            assertThat(hostile).hasSize(response(OTHER, body).length);
            for (byte[] member : List.of(stored(hostile), gzip(hostile))) {
                byte[] first = join(Warcs.someOthers(), member);
                assertThat(everyWay(join(first, gzip(response(URL, "asli")))).bodies()).containsExactly("asli");
                // the last member, and the file cut off behind it
                assertThat(everyWay(first).pages()).isEmpty();
                assertThat(everyWay(Arrays.copyOf(first, first.length - 1)).problems().size()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void thePageIsFoundWithoutThatTheOthersAreInflated() throws IOException {
        // what cannot be inflated is not noticed where it is skipped, and nobody misses it
        byte[] other = gzip(response(OTHER, random(7, 50_000)));
        Arrays.fill(other, 20_000, 20_100, (byte) 0);
        byte[] archive = join(Warcs.someOthers(), other, gzip(response(URL, "asli")), gzip(response(OTHER, random(8, 60_000))));
        Told told = everyWay(archive);
        assertThat(told.bodies()).containsExactly("asli");
        assertThat(told.problems()).isEmpty();
        MemberSearch search = search(archive);
        int start = Warcs.someOthers().length;
        assertThat(search.endOf(start, response(OTHER, random(7, 50_000)).length)).isEqualTo(start + other.length);
        assertThat(search.endOf(start, 12_345)).isEqualTo(MemberSearch.NONE);
        assertThat(search.endOf(start, Long.MAX_VALUE)).isEqualTo(MemberSearch.UNSURE);
    }

    @Test
    void whatTheEndLooksLikeIsFoundInEveryPlaceOfTheWindow() throws IOException {
        for (int length = 256 * 1024 - 40; length < 256 * 1024 + 10; length++) {
            byte[] archive = join(new byte[length], littleEndian(300_000), gzip(bytes("x")), new byte[100_000]);
            assertThat(search(archive).endOf(0, 300_000)).as("%s", length).isEqualTo(length + 4);
        }
    }

    @Test
    void aFileFullOfFalseBeginningsIsReadInTime() {
        byte[] beginning = {1, 2, 3, 4, 0x1f, (byte) 0x8b, 8};
        byte[] payload = new byte[beginning.length * 200_000];
        for (int i = 0; i < payload.length; i += beginning.length) {
            System.arraycopy(beginning, 0, payload, i, beginning.length);
        }
        byte[] hostile = stored(response(OTHER, payload));
        assertThat(everyWay(join(Warcs.someOthers(), hostile, hostile, gzip(response(URL, "asli")))).bodies()).containsExactly("asli");
    }

    @Test
    void anArchiveCutOffAnywhereYieldsWhatCameBefore() {
        byte[] gz = join(gzip(record("warcinfo", null, "application/warc-fields", bytes("software: rekaan"))), gzip(response(URL, "satu")),
                gzip(response("https://lain.example/", Warcs.filler(new Random(1), 200))), gzip(response("https://lain.example/", "lain")), gzip(response(URL, "dua")),
                gzip(response("https://lain.example/", Warcs.filler(new Random(2), 400))), gzip(response(URL, "tiga")));
        byte[] plain = join(response(URL, "satu"), response("https://lain.example/", "lain"), response(URL, "dua"), response(URL, "tiga"));
        for (byte[] archive : List.of(gz, plain)) {
            List<String> all = everyWay(archive).lines();
            assertThat(all).hasSize(3);
            for (int length = 0; length < archive.length; length++) {
                Told told = everyWay(Arrays.copyOf(archive, length));
                assertThat(told.lines()).as("%s", length).isEqualTo(all.subList(0, told.pages().size()));
                assertThat(told.problems().size()).as("%s", length).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void aMemberThatIsCutOffWithinAnArchiveCostsThatMember() {
        byte[] page = gzip(response(URL, Warcs.filler(new Random(3), 500)));
        byte[] other = gzip(response(OTHER, Warcs.filler(new Random(4), 500)));
        for (byte[] half : List.of(Arrays.copyOf(page, page.length / 2), Arrays.copyOf(other, other.length / 2))) {
            Told told = everyWay(join(Warcs.someOthers(), half, gzip(response(URL, "berikut"))));
            assertThat(told.bodies()).containsExactly("berikut");
        }
    }

    @Test
    void positionsBeyondTwoGigabytesAreNoMatter(@TempDir Path folder) throws IOException {
        long hole = 1L << 31;
        byte[] page = gzip(response(URL, "jauh"));
        Path gzip = folder.resolve("besar.warc.gz");
        Files.write(gzip, Warcs.someOthers());
        append(gzip, hole, join(page, gzip(response(OTHER, random(1, 100_000))), page));
        Path plain = folder.resolve("besar.warc");
        Files.write(plain, bytes("WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: " + hole + "\r\n\r\n"));
        append(plain, hole, join(bytes("\r\n\r\n"), response(URL, "jauh")));
        for (Path file : List.of(gzip, plain)) {
            Told told = new Told();
            Archive.read(file, Warcs.KONTAN, told);
            assertThat(told.bodies()).isNotEmpty().containsOnly("jauh");
            assertThat(told.pages()).allSatisfy(found -> assertThat(found.offset()).isGreaterThan(hole));
            assertThat(told.problems()).isEmpty();
        }
    }

    /** Behind a hole that takes no room on the disk. */
    private static void append(Path file, long hole, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), channel.size() + hole);
        }
    }

    private static MemberSearch search(byte[] archive) {
        return new MemberSearch(new StoredStream(new ByteArrayInputStream(archive)));
    }

    private static List<String> byJwarc(byte[] archive) throws IOException {
        List<String> pages = new ArrayList<>();
        try (WarcReader reader = new WarcReader(new ByteArrayInputStream(archive))) {
            for (WarcRecord record : reader) {
                if (record instanceof WarcResponse response && !response.target().equals(OTHER) && !response.target().contains("evil") && response.http().status() == 200
                        && !response.http().headers().first("Content-Type").orElse("").startsWith("image/")) {
                    pages.add(response.target() + " " + Arrays.hashCode(response.http().bodyDecoded().stream().readAllBytes()));
                }
            }
        }
        return pages;
    }

    /** Records of all types and hosts, a member each or several in one, compressed in all ways. */
    private static byte[] archive(Random random) {
        int several = random.nextInt(3) == 0 ? 4 : 1;
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.writeBytes(gzip(record("warcinfo", null, "application/warc-fields", bytes("software: rekaan"))));
        for (int i = 5 + random.nextInt(40); i > 0; i--) {
            byte[] records = {};
            for (int n = 1 + random.nextInt(several); n > 0; n--) {
                records = join(records, anyRecord(random));
            }
            int level = random.nextInt(4) == 0 ? Deflater.NO_COMPRESSION : random.nextInt(10);
            archive.writeBytes(gzip(level, random.nextInt(6) == 0 ? 4 | 8 | 16 | 2 : 0, records));
        }
        return archive.toByteArray();
    }

    private static byte[] anyRecord(Random random) {
        String[] urls = {URL, "http://kontan.co.id/", OTHER, OTHER, OTHER, "https://evilkontan.co.id/"};
        String url = urls[random.nextInt(urls.length)];
        byte[] body = random.nextInt(3) == 0 ? random(random.nextLong(), random.nextInt(30_000)) : bytes(Warcs.filler(random, random.nextInt(3000)));
        return switch (random.nextInt(10)) {
            case 0 -> record("request", url, "application/http; msgtype=request", bytes("GET / HTTP/1.1\r\nHost: rekaan\r\n\r\n"));
            case 1 -> record("metadata", url, "application/warc-fields", bytes("a: b\r\n"));
            case 2 -> record("response", url, "application/http", Warcs.http(404, body));
            case 3 -> response(url, body, "Content-Type: image/png");
            case 4 -> response(url, gzip(body), "Content-Encoding: gzip", "Content-Type: text/html");
            case 5 -> response(url, join(body, gzip(response(URL, "palsu")), body), "Content-Type: text/html");
            default -> response(url, body, "Content-Type: text/html; charset=utf-8");
        };
    }
}

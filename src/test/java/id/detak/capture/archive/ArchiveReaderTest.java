package id.detak.capture.archive;

import static id.detak.capture.archive.Warcs.KONTAN;
import static id.detak.capture.archive.Warcs.bytes;
import static id.detak.capture.archive.Warcs.gzip;
import static id.detak.capture.archive.Warcs.http;
import static id.detak.capture.archive.Warcs.join;
import static id.detak.capture.archive.Warcs.read;
import static id.detak.capture.archive.Warcs.record;
import static id.detak.capture.archive.Warcs.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import id.detak.capture.archive.Warcs.Found;
import id.detak.capture.archive.Warcs.Problem;
import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netpreserve.jwarc.HttpResponse;
import org.netpreserve.jwarc.MediaType;
import org.netpreserve.jwarc.WarcCompression;
import org.netpreserve.jwarc.WarcResponse;
import org.netpreserve.jwarc.WarcWriter;
import org.netpreserve.jwarc.Warcinfo;

@BesideTheApplication
class ArchiveReaderTest {

    private static final String URL = "https://www.kontan.co.id/berita";
    private static final String HTML = "Content-Type: text/html; charset=iso-8859-1";

    @Test
    void readsWhatJwarcWrites() throws IOException {
        for (WarcCompression compression : new WarcCompression[] {WarcCompression.NONE, WarcCompression.GZIP}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (WarcWriter writer = new WarcWriter(Channels.newChannel(out), compression)) {
                writer.write(new Warcinfo.Builder()
                        .date(Instant.parse(Warcs.DATE))
                        .body(MediaType.WARC_FIELDS, bytes("software: rekaan\r\n"))
                        .build());
                writer.write(new WarcResponse.Builder(URI.create(URL))
                        .date(Instant.parse(Warcs.DATE))
                        .body(new HttpResponse.Builder(200, "OK")
                                .addHeader("Content-Type", "text/html; charset=utf-8")
                                .body(MediaType.HTML_UTF8, bytes("Teks pengisi"))
                                .build())
                        .build());
            }
            Found found = read(out.toByteArray());
            assertThat(found.refused()).isEmpty();
            assertThat(found.damaged()).isEmpty();
            ArchivedPage page = found.pages().get(0);
            assertThat(found.bodies()).containsExactly("Teks pengisi");
            assertThat(page.url()).isEqualTo(URI.create(URL));
            assertThat(page.observedAt()).isEqualTo(Instant.parse(Warcs.DATE));
            assertThat(page.offset()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2021-03-02T02:30:00Z,2021-03-02T02:30:00Z",
        "2021-03-02T02:30:00.5Z,2021-03-02T02:30:00.500Z",
        "2021-03-02T02:30:00.123456789Z,2021-03-02T02:30:00.123456Z",
        "2021-03-02T09:30:00+07:00,2021-03-02T02:30:00Z",
        "2021-03-02T02:30Z,2021-03-02T02:30:00Z"
    })
    void datesAreReadToTheMicrosecond(String written, Instant read) {
        byte[] archive = record("WARC/1.1", "response", URL, written, "application/http", http(200, bytes("x"), HTML));
        assertThat(read(archive).pages()).extracting(ArchivedPage::observedAt).containsExactly(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kemarin", "2021", "2021-03-02", "20210302023000", "2021-13-02T02:30:00Z"})
    void refusesPageWithoutValidDate(String date) {
        byte[] archive = join(
                record("WARC/1.0", "response", URL, date, "application/http", http(200, bytes("x"), HTML)),
                response(URL, "berikut"));
        Found found = read(archive);
        assertThat(found.bodies()).containsExactly("berikut");
        assertThat(found.refused()).extracting(Problem::offset).containsExactly(0L);
        byte[] none = record("WARC/1.0", "response", URL, null, "application/http", http(200, bytes("x"), HTML));
        assertThat(read(none).refused()).hasSize(1);
    }

    @Test
    void keepsBytesAndContentType() {
        byte[] body = {'a', (byte) 0xe9, 0, '\r', '\n'};
        ArchivedPage page = read(response(URL, body, HTML)).pages().get(0);
        assertThat(page.contentType()).isEqualTo("text/html; charset=iso-8859-1");
        assertThat(page.body()).isEqualTo(body);
    }

    @Test
    void skipsRecordsWithoutPage() {
        byte[] archive = join(
                record("warcinfo", null, "application/warc-fields", bytes("software: rekaan")),
                record("request", URL, "application/http; msgtype=request", bytes("GET / HTTP/1.1\r\n\r\n")),
                record("metadata", URL, "application/warc-fields", bytes("a: b")),
                record("revisit", URL, "application/http; msgtype=response", http(200, bytes(""), HTML)),
                record("response", URL, "application/http", http(404, bytes("tidak ada"), HTML)),
                record("response", URL, "application/http", http(301, bytes(""), "Location: /")),
                record("response", URL, "text/dns", bytes("kontan.co.id")),
                response(URL, bytes("gambar"), "Content-Type: image/png"),
                response(URL, bytes("{}"), "Content-Type: application/json"),
                record("resource", URL, "image/png", bytes("gambar")),
                record("conversion", URL, "image/png", bytes("gambar")),
                record("resource", "https://lain.example/", "text/html", bytes("lain")));
        Found found = read(archive);
        assertThat(found.pages()).isEmpty();
        assertThat(found.refused()).isEmpty();
        assertThat(found.damaged()).isEmpty();
    }

    @Test
    void readsResponseResourceAndConversion() {
        byte[] archive = join(
                response(URL, bytes("1"), "Content-Type: text/plain"),
                response(URL, bytes("2"), "content-type:APPLICATION/XHTML+xml;charset=x"),
                response(URL, bytes("3")),
                record("resource", URL, "text/html; charset=utf-8", bytes("4")),
                record("conversion", URL, "text/plain", bytes("5")),
                response("<" + URL + ">", bytes("6"), HTML),
                response("http://kontan.co.id/a|b", bytes("7"), HTML));
        Found found = read(archive);
        assertThat(found.refused()).isEmpty();
        assertThat(found.damaged()).isEmpty();
        assertThat(found.bodies()).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(found.pages())
                .extracting(ArchivedPage::contentType)
                .containsExactly(
                        "text/plain",
                        "APPLICATION/XHTML+xml;charset=x",
                        null,
                        "text/html; charset=utf-8",
                        "text/plain; charset=utf-8",
                        "text/html; charset=iso-8859-1",
                        "text/html; charset=iso-8859-1");
        assertThat(found.pages().get(5).url()).isEqualTo(URI.create(URL));
        assertThat(found.pages().get(6).url()).isEqualTo(URI.create("http://kontan.co.id/a%7cb"));
    }

    @Test
    void decodesTransferAndContentEncodings() throws IOException {
        byte[] page = bytes("Teks pengisi yang dibungkus");
        byte[] zlib = deflated(page, false);
        byte[] raw = deflated(page, true);
        byte[] archive = join(
                response(URL, chunked(page), "Transfer-Encoding: chunked"),
                response(URL, gzip(page), "Content-Encoding: gzip"),
                response(URL, chunked(gzip(page)), "Content-Encoding: x-gzip", "Transfer-Encoding: chunked"),
                response(URL, zlib, "Content-Encoding: deflate"),
                response(URL, raw, "Content-Encoding: Deflate"),
                response(URL, gzip(zlib), "Content-Encoding: deflate, gzip"),
                response(URL, page, "Content-Encoding: identity"),
                // stored without the encoding, under a header that was left as it was
                response(URL, page, "Content-Encoding: gzip"),
                response(URL, page, "Transfer-Encoding: chunked"));
        Found found = read(archive);
        assertThat(found.refused()).isEmpty();
        assertThat(found.damaged()).isEmpty();
        assertThat(found.bodies()).hasSize(9).containsOnly("Teks pengisi yang dibungkus");
    }

    @Test
    void refusesUndecodablePageAndGoesOn() {
        byte[] broken = gzip(Warcs.random(1, 2000));
        broken[1000] ^= 1;
        byte[] archive = join(
                response(URL, Arrays.copyOf(gzip(Warcs.random(1, 2000)), 500), "Content-Encoding: gzip"),
                response(URL, broken, "Content-Encoding: gzip"),
                response(URL, bytes("x"), "Content-Encoding: br"),
                response(URL, bytes("\u0007\u0007\u0007\u0007"), "Content-Encoding: deflate"),
                record("response", URL, "application/http", bytes("bukan HTTP")),
                record("response", URL, "application/http", bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(400_000))),
                response(URL, bytes("FFFFFFFFFFFFFFFFF\r\nx"), "Transfer-Encoding: chunked"),
                response(URL, "berikut"));
        Found found = read(archive);
        assertThat(found.bodies()).endsWith("berikut");
        assertThat(found.refused()).hasSizeBetween(5, 7).allSatisfy(problem -> assertThat(problem.reason())
                .endsWith("."));
    }

    @Test
    void refusesPagesThatInflateBeyondLimit() {
        byte[] bomb = gzip(gzip(new byte[40 * 1024 * 1024]));
        byte[] archive = join(
                response(URL, gzip(new byte[40 * 1024 * 1024]), "Content-Encoding: gzip"),
                response(URL, bomb, "Content-Encoding: gzip, gzip"),
                response(URL, new byte[5 * 1024 * 1024 + 1], HTML),
                response(URL, new byte[5 * 1024 * 1024], HTML));
        Found found = read(archive);
        assertThat(found.pages()).extracting(page -> page.body().length).containsExactly(5 * 1024 * 1024);
        assertThat(found.refused())
                .extracting(Problem::reason)
                .containsExactly(
                        "The page is larger than 5 MB.",
                        "The page is larger than 5 MB.",
                        "The page is larger than 5 MB.");
    }

    @Test
    void headersMayBeFoldedAndInAnyCase() {
        byte[] archive = bytes("WARC/1.0\r\nwarc-type: conversion\r\nWARC-TARGET-URI: " + URL
                + "\r\nX-Lain: a\r\n\tWARC-Type: request\r\nWARC-Date: " + Warcs.DATE
                + "\r\ncontent-length: 3\r\nContent-Type: text/plain\r\n\r\nwet\r\n\r\n");
        assertThat(read(archive).bodies()).containsExactly("wet");
    }

    @Test
    void lyingLengthIsDamageAndEndsReading() {
        byte[] good = gzip(response(URL, "baik"));
        for (String length :
                new String[] {"-1", "-300", "", "0x10", "1e3", "99999999999999999999", "999999999999", "70", "3", "0"
                }) {
            byte[] lying = gzip(
                    bytes("WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: " + URL + "\r\nWARC-Date: " + Warcs.DATE
                            + "\r\nContent-Type: image/png\r\nContent-Length: " + length + "\r\n\r\n"),
                    http(200, bytes("dusta"), HTML),
                    bytes("\r\n\r\n"));
            Found found = read(join(good, lying, good));
            assertThat(found.bodies()).as(length).containsExactly("baik");
            assertThat(found.damaged()).as(length).extracting(Problem::offset).containsExactly((long) good.length);
        }
    }

    @Test
    void endlessHeaderIsDamage() {
        byte[] good = gzip(response(URL, "baik"));
        byte[] endless = gzip(bytes("WARC/1.0\r\n"), Warcs.random(1, 300_000));
        byte[] repeated = bytes("WARC/1.0\r\n" + "X: x\r\n".repeat(200_000));
        for (byte[] header : new byte[][] {endless, repeated, gzip(repeated)}) {
            Found found = read(join(good, header, good));
            assertThat(found.bodies()).containsExactly("baik");
            assertThat(found.damaged()).hasSize(1);
        }
        assertThat(read(join(repeated, response(URL, "baik"))).damaged()).hasSize(1);
    }

    @Test
    void nothingIsGuessedAfterDamage() {
        // what follows could be a page's own text
        byte[] lost =
                join(response(URL, "baik"), bytes("WARC/1.0\r\nWARC-Type: response\r\n\r\n"), response(URL, "palsu"));
        Found found = read(lost);
        assertThat(found.bodies()).containsExactly("baik");
        assertThat(found.damaged()).hasSize(1);
    }

    /** jwarc 0.36 reads its own buffer again where line ends fill it to the end of the file. */
    @Test
    void lineEndsUpToTheEndOfTheFileDoNotHang() {
        byte[] record = response(URL, "baik");
        byte[] padded = join(Arrays.copyOf(record, record.length - 4), bytes("\n".repeat(4096 - record.length + 4)));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(read(padded).bodies()).containsExactly("baik");
            assertThat(read(gzip(padded)).damaged()).hasSize(1);
        });
    }

    @Test
    void membersMayBeEmptyAndHaveOptionalParts() {
        byte[] a = gzip(Deflater.BEST_COMPRESSION, 4 | 8 | 16 | 2, response(URL, "a"));
        byte[] b = gzip(response(URL, "b"));
        Found found = read(join(gzip(), a, gzip(), gzip(), b));
        assertThat(found.bodies()).containsExactly("a", "b");
        assertThat(found.damaged()).isEmpty();
    }

    @Test
    void bytesBetweenMembersAreDamage() {
        byte[] a = gzip(response(URL, "a"));
        for (byte[] gap : new byte[][] {new byte[1000], bytes("sampah \u001f\u008b\b"), bytes("x")}) {
            Found found = read(join(a, gap, a));
            assertThat(found.bodies()).containsExactly("a");
            assertThat(found.damaged()).extracting(Problem::offset).containsExactly((long) a.length);
        }
    }

    @Test
    void cutOffArchiveYieldsWhatCameBefore() {
        byte[] gz = join(
                gzip(response(URL, "satu")),
                gzip(response("https://lain.example/", "lain")),
                gzip(response(URL, "dua")));
        byte[] plain = join(response(URL, "satu"), response("https://lain.example/", "lain"), response(URL, "dua"));
        for (byte[] archive : new byte[][] {gz, plain}) {
            for (int length = 0; length < archive.length; length++) {
                Found found = read(Arrays.copyOf(archive, length));
                assertThat(found.bodies())
                        .as("%s", length)
                        .isEqualTo(
                                List.of("satu", "dua").subList(0, found.pages().size()));
                assertThat(found.damaged().size()).as("%s", length).isLessThanOrEqualTo(1);
            }
        }
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void damageNeverEndsInAnotherException(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] packed = join(
                gzip(response(URL, "satu")),
                gzip(response(URL, gzip(bytes("dua")), "Content-Encoding: gzip")),
                gzip(response(URL, "tiga")));
        byte[] plain = join(response(URL, "satu"), response(URL, chunked(bytes("dua")), "Transfer-Encoding: chunked"));
        byte[] archive = random.nextBoolean() ? packed : plain;
        for (int i = random.nextInt(3); i >= 0; i--) {
            archive[random.nextInt(archive.length)] ^= (byte) (1 << random.nextInt(8));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> read(archive));
    }

    @Test
    void failingStreamIsNotDamage() {
        byte[] archive = response(URL, "a");
        InputStream failing = new SequenceInputStream(new ByteArrayInputStream(archive, 0, 300), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("rusak");
            }
        });
        assertThatThrownBy(() -> ArchiveReader.read(failing, KONTAN, new Found()))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("rusak");
    }

    @Test
    void recordsNeedNotMatchGzipMembers() {
        byte[] records = join(
                record("warcinfo", null, "application/warc-fields", Warcs.random(1, 100_000)),
                response("https://lain.example/", Warcs.random(2, 100_000)),
                response(URL, "a"),
                response("https://lain.example/", Warcs.random(3, 50_000)),
                response(URL, "b"));
        assertThat(read(gzip(records)).bodies()).containsExactly("a", "b");
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        for (int from = 0; from < records.length; from += 60_000) {
            blocks.writeBytes(gzip(Arrays.copyOfRange(records, from, Math.min(records.length, from + 60_000))));
        }
        blocks.writeBytes(gzip());
        Found found = read(blocks.toByteArray());
        assertThat(found.bodies()).containsExactly("a", "b");
        assertThat(found.refused()).isEmpty();
        assertThat(found.damaged()).isEmpty();
    }

    @Test
    void readsWet() {
        byte[] wet = join(
                gzip(record("warcinfo", null, "application/warc-fields", bytes("software: rekaan"))),
                gzip(record("conversion", "http://lain.example/", "text/plain", bytes("lain"))),
                gzip(record("conversion", URL, "text/plain", bytes("Teks"))));
        assertThat(read(wet).bodies()).containsExactly("Teks");
        assertThat(ArchiveReader.isArchive(wet)).isTrue();
    }

    @Test
    void recognisesArchivesByFirstBytes() {
        byte[] record = response(URL, Warcs.random(1, 5000), HTML);
        assertThat(ArchiveReader.isArchive(Arrays.copyOf(record, 512))).isTrue();
        assertThat(ArchiveReader.isArchive(Arrays.copyOf(gzip(record), 512))).isTrue();
        assertThat(ArchiveReader.isArchive(join(gzip(), gzip(record)))).isTrue();
        for (byte[] other : new byte[][] {
            {},
            {0x1f},
            {0x1f, (byte) 0x8b},
            bytes("<html>"),
            bytes("WARC/2.0"),
            bytes("WARC"),
            gzip(bytes("<html>")),
            gzip()
        }) {
            assertThat(ArchiveReader.isArchive(other)).isFalse();
        }
    }

    @Test
    void emptyFileIsEmptyAndOtherFilesAreDamaged() {
        assertThat(read(new byte[0]).damaged()).isEmpty();
        assertThat(read(bytes("<html>")).damaged()).hasSize(1);
        assertThat(read(new byte[] {0x1f, (byte) 0x8b}).damaged()).hasSize(1);
        assertThat(read(gzip(bytes("<html>"))).damaged()).hasSize(1);
    }

    @Test
    void visitorFailureEndsReading() {
        byte[] archive = join(gzip(response(URL, "a")), gzip(response(URL, "b")));
        ArchiveReader.Visitor full = new ArchiveReader.Visitor() {
            @Override
            public void page(ArchivedPage page) throws IOException {
                throw new IOException("penuh");
            }

            @Override
            public void refused(long offset, String reason) {
                throw new AssertionError(reason);
            }

            @Override
            public void damaged(long offset, String reason) {
                throw new AssertionError(reason);
            }
        };
        assertThatThrownBy(() -> ArchiveReader.read(new ByteArrayInputStream(archive), KONTAN, full))
                .isExactlyInstanceOf(IOException.class)
                .hasMessage("penuh");
    }

    private static byte[] chunked(byte[] body) {
        int half = body.length / 2;
        return join(
                bytes(Integer.toHexString(half) + "\r\n"),
                Arrays.copyOf(body, half),
                bytes("\r\n" + Integer.toHexString(body.length - half) + ";x=y\r\n"),
                Arrays.copyOfRange(body, half, body.length),
                bytes("\r\n0\r\nX: y\r\n\r\n"));
    }

    private static byte[] deflated(byte[] body, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflater.write(body);
        }
        return out.toByteArray();
    }
}

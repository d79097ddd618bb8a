package id.detak.capture.archive;

import static id.detak.capture.archive.Warcs.KONTAN;
import static id.detak.capture.archive.Warcs.bytes;
import static id.detak.capture.archive.Warcs.fast;
import static id.detak.capture.archive.Warcs.gzip;
import static id.detak.capture.archive.Warcs.http;
import static id.detak.capture.archive.Warcs.join;
import static id.detak.capture.archive.Warcs.record;
import static id.detak.capture.archive.Warcs.response;
import static id.detak.capture.archive.Warcs.slow;
import static id.detak.capture.archive.Warcs.streamed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.capture.archive.Warcs.Told;
import id.detak.testsupport.BesideTheApplication;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
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
class ArchiveTest {

    private static final String URL = "https://www.kontan.co.id/berita";
    private static final String HTML = "Content-Type: text/html; charset=iso-8859-1";

    @Test
    void whatJwarcWroteIsRead() throws IOException {
        for (WarcCompression compression : new WarcCompression[] {WarcCompression.NONE, WarcCompression.GZIP}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (WarcWriter writer = new WarcWriter(Channels.newChannel(out), compression)) {
                writer.write(new Warcinfo.Builder().date(Instant.parse(Warcs.DATE)).body(MediaType.WARC_FIELDS, bytes("software: rekaan\r\n")).build());
                writer.write(new WarcResponse.Builder(URI.create(URL)).date(Instant.parse(Warcs.DATE))
                        .body(new HttpResponse.Builder(200, "OK").addHeader("Content-Type", "text/html; charset=utf-8").body(MediaType.HTML_UTF8, bytes("Teks pengisi")).build()).build());
            }
            Told told = everyWay(out.toByteArray());
            assertThat(told.problems()).isEmpty();
            ArchivedPage page = told.pages().get(0);
            assertThat(told.bodies()).containsExactly("Teks pengisi");
            assertThat(page.url()).isEqualTo(URI.create(URL));
            assertThat(page.observedAt()).isEqualTo(Instant.parse(Warcs.DATE));
            assertThat(page.offset()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"2021-03-02T02:30:00Z,2021-03-02T02:30:00Z", "2021-03-02T02:30:00.5Z,2021-03-02T02:30:00.500Z",
            "2021-03-02T02:30:00.123456789Z,2021-03-02T02:30:00.123456Z", "2021-03-02T09:30:00+07:00,2021-03-02T02:30:00Z", "2021-03-02T02:30Z,2021-03-02T02:30:00Z"})
    void theMomentIsReadToTheMicrosecond(String written, Instant read) {
        byte[] archive = record("WARC/1.1", "response", URL, written, "application/http", http(200, bytes("x"), HTML));
        assertThat(everyWay(archive).pages()).extracting(ArchivedPage::observedAt).containsExactly(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kemarin", "2021", "2021-03-02", "20210302023000", "+12021-03-02T02:30:00Z", "2021-13-02T02:30:00Z"})
    void aPageWithoutAReadableMomentIsAProblem(String date) {
        byte[] archive = join(record("WARC/1.0", "response", URL, date, "application/http", http(200, bytes("x"), HTML)), response(URL, "berikut"));
        Told told = everyWay(archive);
        assertThat(told.bodies()).containsExactly("berikut");
        assertThat(told.problems()).extracting(ArchiveProblem::offset).containsExactly(0L);
        byte[] none = record("WARC/1.0", "response", URL, null, "application/http", http(200, bytes("x"), HTML));
        assertThat(everyWay(none).problems()).hasSize(1);
    }

    @Test
    void theCharsetIsHandedOnAndTheBytesAreNotTouched() {
        byte[] body = {'a', (byte) 0xe9, 0, '\r', '\n'};
        ArchivedPage page = everyWay(response(URL, body, HTML)).pages().get(0);
        assertThat(page.contentType()).isEqualTo("text/html; charset=iso-8859-1");
        assertThat(page.body()).isEqualTo(body);
    }

    @Test
    void onlyPagesThatWereAnsweredAreOfInterest() {
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
        Told told = everyWay(archive);
        assertThat(told.pages()).isEmpty();
        assertThat(told.problems()).isEmpty();
    }

    @Test
    void pagesComeInSeveralKinds() {
        byte[] archive = join(
                response(URL, bytes("1"), "Content-Type: text/plain"),
                response(URL, bytes("2"), "content-type:APPLICATION/XHTML+xml;charset=x"),
                response(URL, bytes("3")),
                record("resource", URL, "text/html; charset=utf-8", bytes("4")),
                record("conversion", URL, "text/plain", bytes("5")),
                response("<" + URL + ">", bytes("6"), HTML),
                response("http://kontan.co.id/a|b", bytes("7"), HTML));
        Told told = everyWay(archive);
        assertThat(told.problems()).isEmpty();
        assertThat(told.bodies()).containsExactly("1", "2", "3", "4", "5", "6", "7");
        assertThat(told.pages()).extracting(ArchivedPage::contentType).containsExactly("text/plain", "APPLICATION/XHTML+xml;charset=x", null,
                "text/html; charset=utf-8", "text/plain; charset=utf-8", "text/html; charset=iso-8859-1", "text/html; charset=iso-8859-1");
        assertThat(told.pages().get(5).url()).isEqualTo(URI.create(URL));
        assertThat(told.pages().get(6).url()).isEqualTo(URI.create("http://kontan.co.id/a%7Cb"));
    }

    @Test
    void transferAndContentEncodingsAreUndone() throws IOException {
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
        Told told = everyWay(archive);
        assertThat(told.problems()).isEmpty();
        assertThat(told.bodies()).hasSize(9).containsOnly("Teks pengisi yang dibungkus");
    }

    @Test
    void aPageThatCannotBeDecodedIsAProblemAndTheNextIsRead() {
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
        Told told = everyWay(archive);
        assertThat(told.bodies()).endsWith("berikut");
        assertThat(told.problems()).hasSizeBetween(6, 7).allSatisfy(problem -> assertThat(problem.reason()).endsWith("."));
    }

    @Test
    void aBombIsNotInflatedBeyondTheLimit() {
        byte[] bomb = gzip(gzip(new byte[40 * 1024 * 1024]));
        byte[] archive = join(
                response(URL, gzip(new byte[40 * 1024 * 1024]), "Content-Encoding: gzip"),
                response(URL, bomb, "Content-Encoding: gzip, gzip"),
                response(URL, new byte[5 * 1024 * 1024 + 1], HTML),
                response(URL, new byte[5 * 1024 * 1024], HTML));
        Told told = everyWay(archive);
        assertThat(told.pages()).extracting(page -> page.body().length).containsExactly(5 * 1024 * 1024);
        assertThat(told.problems()).extracting(ArchiveProblem::reason).containsExactly("The page is larger than 5 MB.", "The page is larger than 5 MB.",
                "The page is larger than 5 MB.");
    }

    @Test
    void headersMayBeFoldedAndWrittenInAnyCase() {
        byte[] archive = bytes("WARC/1.0\r\nwarc-type:\r\n  response\r\nWARC-TARGET-URI: " + URL + "\r\nX-Lain: a\r\n\tWARC-Type: request\r\nWARC-Date : " + Warcs.DATE
                + "\r\ncontent-length: 1\r\nContent-Type: text/plain\r\n\r\nx\r\n\r\nWARC/1.0\nWARC-Type: conversion\nWARC-Target-URI: " + URL + "\nWARC-Date: "
                + Warcs.DATE + "\nContent-Length: 3\n\nwet\n\n");
        assertThat(everyWay(archive).bodies()).containsExactly("wet");
    }

    @Test
    void whatLiesAboutItsLengthIsAProblemAndTheNextMemberIsRead() {
        byte[] good = gzip(response(URL, "baik"));
        for (String length : new String[] {"-1", "", "0x10", "1e3", "99999999999999999999", "999999999999", "70", "3", "0"}) {
            byte[] lying = gzip(bytes("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: " + URL + "\r\nWARC-Date: " + Warcs.DATE
                    + "\r\nContent-Type: application/http\r\nContent-Length: " + length + "\r\n\r\n"), http(200, bytes("dusta"), HTML), bytes("\r\n\r\n"));
            Told told = everyWay(join(good, lying, good));
            assertThat(told.bodies()).as(length).containsExactly("baik", "baik");
            assertThat(told.problems()).as(length).extracting(ArchiveProblem::offset).containsExactly((long) good.length);
        }
    }

    @Test
    void aHeaderWithoutEndIsAProblemAndTheNextMemberIsRead() {
        byte[] good = gzip(response(URL, "baik"));
        byte[] endless = gzip(bytes("WARC/1.0\r\n" + "X: x\r\n".repeat(200_000)));
        byte[] garbage = gzip(bytes("bukan arsip"));
        Told told = everyWay(join(good, endless, good, garbage, good));
        assertThat(told.bodies()).containsExactly("baik", "baik", "baik");
        assertThat(told.problems()).hasSize(2);
    }

    @Test
    void inAFileThatIsNotCompressedNothingIsGuessedAfterADamage() {
        // what follows could be a page's own text as well
        byte[] lost = join(response(URL, "baik"), bytes("WARC/1.0\r\nWARC-Type: response\r\n\r\n"), response(URL, "palsu"));
        Told told = everyWay(lost);
        assertThat(told.bodies()).containsExactly("baik");
        assertThat(told.problems()).hasSize(1);
    }

    @Test
    void membersMayBeEmptyOrPaddedOrApart() {
        byte[] a = gzip(Deflater.BEST_COMPRESSION, 4 | 8 | 16 | 2, response(URL, "a"));
        byte[] b = gzip(response(URL, "b"));
        Told told = everyWay(join(gzip(), a, gzip(), gzip(), b, new byte[1000], a, new byte[3]));
        assertThat(told.bodies()).containsExactly("a", "b", "a");
        assertThat(told.problems()).isEmpty();
        Told apart = everyWay(join(a, bytes("sampah \u001f\u008b\b"), b, bytes("x")));
        assertThat(apart.bodies()).containsExactly("a", "b");
        assertThat(apart.problems()).hasSize(2);
    }

    @Test
    void aWrongChecksumIsAProblem() {
        byte[] good = gzip(response(URL, "baik"));
        byte[] wrong = good.clone();
        wrong[wrong.length - 8] ^= 1;
        byte[] unwanted = gzip(response("https://lain.example/", "lain"));
        unwanted[unwanted.length - 8] ^= 1;
        Told told = everyWay(join(good, wrong, unwanted, good));
        assertThat(told.bodies()).containsExactly("baik", "baik");
        assertThat(told.problems()).extracting(ArchiveProblem::offset).containsExactly((long) good.length);
    }

    @Test
    void oneMemberOfAllRecordsOrMembersAcrossRecordsAreReadToo() {
        byte[] records = join(record("warcinfo", null, "application/warc-fields", Warcs.random(1, 100_000)), response("https://lain.example/", Warcs.random(2, 100_000)),
                response(URL, "a"), response("https://lain.example/", Warcs.random(3, 50_000)), response(URL, "b"));
        assertThat(everyWay(gzip(records)).bodies()).containsExactly("a", "b");
        ByteArrayOutputStream blocks = new ByteArrayOutputStream();
        for (int from = 0; from < records.length; from += 60_000) {
            blocks.writeBytes(gzip(Arrays.copyOfRange(records, from, Math.min(records.length, from + 60_000))));
        }
        blocks.writeBytes(gzip());
        Told told = everyWay(blocks.toByteArray());
        assertThat(told.bodies()).containsExactly("a", "b");
        assertThat(told.problems()).isEmpty();
    }

    @Test
    void wetIsRead() {
        byte[] wet = join(gzip(record("warcinfo", null, "application/warc-fields", bytes("software: rekaan"))),
                gzip(record("conversion", "http://lain.example/", "text/plain", bytes("lain"))), gzip(record("conversion", URL, "text/plain", bytes("Teks"))));
        assertThat(everyWay(wet).bodies()).containsExactly("Teks");
        assertThat(Archive.isArchive(wet)).isTrue();
    }

    @Test
    void archivesAreKnownByTheirFirstBytes() {
        byte[] record = response(URL, Warcs.random(1, 5000), HTML);
        assertThat(Archive.isArchive(Arrays.copyOf(record, 512))).isTrue();
        assertThat(Archive.isArchive(Arrays.copyOf(gzip(record), 512))).isTrue();
        assertThat(Archive.isArchive(join(gzip(), gzip(record)))).isTrue();
        for (byte[] other : new byte[][] {{}, {0x1f}, {0x1f, (byte) 0x8b}, bytes("<html>"), bytes("WARC/2.0"), bytes("WARC"), gzip(bytes("<html>")), gzip()}) {
            assertThat(Archive.isArchive(other)).isFalse();
        }
    }

    @Test
    void anEmptyFileHoldsNothingAndAnotherFileIsAProblem() {
        assertThat(everyWay(new byte[0]).problems()).isEmpty();
        assertThat(everyWay(bytes("<html>")).problems()).hasSize(1);
        assertThat(everyWay(new byte[] {0x1f, (byte) 0x8b}).problems()).hasSize(1);
        assertThat(everyWay(gzip(bytes("<html>"))).problems()).hasSize(1);
    }

    @Test
    void theVisitorsOwnFailureEndsTheReading() {
        byte[] archive = join(gzip(response(URL, "a")), gzip(response(URL, "b")));
        assertThatThrownBy(() -> Archive.read(new ByteArrayInputStream(archive), KONTAN, new ArchiveVisitor() {
            @Override
            public void page(ArchivedPage page) throws IOException {
                throw new IOException("penuh");
            }

            @Override
            public void problem(ArchiveProblem problem) {
                throw new UncheckedIOException(new IOException(problem.reason()));
            }
        })).isExactlyInstanceOf(IOException.class).hasMessage("penuh");
    }

    /** All ways of reading it find the same. */
    static Told everyWay(byte[] archive) {
        Told told = slow(archive);
        Told fast = fast(archive);
        Told streamed = streamed(archive);
        assertThat(fast.lines()).isEqualTo(told.lines());
        assertThat(fast.problems()).isEqualTo(told.problems());
        assertThat(streamed.lines()).isEqualTo(told.lines());
        return told;
    }

    private static byte[] chunked(byte[] body) {
        int half = body.length / 2;
        return join(bytes(Integer.toHexString(half) + "\r\n"), Arrays.copyOf(body, half), bytes("\r\n" + Integer.toHexString(body.length - half) + ";x=y\r\n"),
                Arrays.copyOfRange(body, half, body.length), bytes("\r\n0\r\nX: y\r\n\r\n"));
    }

    private static byte[] deflated(byte[] body, boolean raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out, new Deflater(6, raw))) {
            deflater.write(body);
        }
        return out.toByteArray();
    }
}

package id.detak.bench;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.capture.archive.Archive;
import id.detak.capture.archive.ArchiveProblem;
import id.detak.capture.archive.ArchiveVisitor;
import id.detak.capture.archive.ArchivedPage;
import id.detak.capture.archive.HostFilter;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcRecord;
import org.netpreserve.jwarc.WarcResponse;

/** The captures of one host, out of an archive of a crawl that went everywhere. */
class WarcBench {

    private static final int RECORDS = 20_000;
    private static final int ONE_OF = 100;
    private static final int WARM_UP = 8;
    private static final double WANTED_SPEED = 5;
    private static final String HOST = "kontan.co.id";
    private static final String[] WORDS = {"teks", "pengisi", "rekaan", "judul", "naik", "turun", "pasar", "angka", "tanpa", "arti", "dan", "atau", "hari", "ini",
            "sebuah", "kalimat", "yang", "tidak", "mengatakan", "apa-apa", "seperti", "biasa", "lagi", "untuk", "mengisi", "halaman"};

    /** What both sides are to find. */
    private record Found(String url, int length, int hash) {

        static Found of(String url, byte[] body) {
            return new Found(url, body.length, Arrays.hashCode(body));
        }
    }

    private long inflated;

    @Test
    void capturesOfOneHost() throws Exception {
        Path file = Path.of("target", "bench.warc.gz");
        write(file);
        List<Found> found = byDetak(file);
        assertThat(found).hasSize((RECORDS / 3 + ONE_OF - 1) / ONE_OF).isEqualTo(byJwarc(file));
        // an archive of a crawl is larger than this one: of the compiler's warming up little would be seen
        for (int i = 0; i < WARM_UP; i++) {
            byDetak(file);
            byJwarc(file);
        }
        Duel duel = Duel.of(9, () -> byDetak(file), () -> byJwarc(file));
        String what = String.format(Locale.ROOT, "WARC.gz, captures of one host in %,d records (%d MB, inflated %d MB); jwarc, reading every record",
                RECORDS, Files.size(file) / 1_000_000, inflated / 1_000_000);
        ResultTable.put(what, duel.times(), String.format(Locale.ROOT, "%.1f× as fast", duel.speed()), "≥ 5×", duel.speed() >= WANTED_SPEED);
    }

    private static List<Found> byDetak(Path file) throws IOException {
        List<Found> found = new ArrayList<>();
        Archive.read(file, HostFilter.of(List.of(HOST)), new ArchiveVisitor() {
            @Override
            public void page(ArchivedPage page) {
                found.add(Found.of(page.url().toString(), page.body()));
            }

            @Override
            public void problem(ArchiveProblem problem) {
                throw new AssertionError(problem);
            }
        });
        return found;
    }

    private static List<Found> byJwarc(Path file) throws IOException {
        HostFilter hosts = HostFilter.of(List.of(HOST));
        List<Found> found = new ArrayList<>();
        try (WarcReader reader = new WarcReader(file)) {
            for (WarcRecord record : reader) {
                if (record instanceof WarcResponse response && hosts.matches(response.target()) && response.http().status() == 200) {
                    found.add(Found.of(response.target(), response.http().bodyDecoded().stream().readAllBytes()));
                }
                record.body().consume();
            }
        }
        return found;
    }

    /** Of each page what was asked, what was answered and how it was got, as crawlers write it. */
    private void write(Path file) throws IOException {
        Random random = new Random(1);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int page = 0; page < RECORDS / 3; page++) {
                String host = page % ONE_OF == 0 ? "www." + HOST : "situs" + random.nextInt(5000) + ".example";
                String url = "https://" + host + "/rekaan/" + page;
                out.write(record(random, "request", url, "application/http; msgtype=request",
                        ascii("GET /rekaan/" + page + " HTTP/1.1\r\nHost: " + host + "\r\nUser-Agent: perayap-rekaan/1.0\r\nAccept: text/html,*/*;q=0.8\r\nAccept-Encoding: gzip\r\n\r\n")));
                byte[] body = ascii(html(random, (int) Math.min(400_000, 30_000 * Math.exp(random.nextGaussian() * 0.8))));
                out.write(record(random, "response", url, "application/http; msgtype=response", ascii("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                        + "Server: rekaan\r\nCache-Control: no-cache\r\nContent-Length: " + body.length + "\r\n\r\n"), body));
                out.write(record(random, "metadata", url, "application/warc-fields", ascii("fetchTimeMs: " + random.nextInt(5000) + "\r\ncharset-detected: UTF-8\r\n\r\n")));
            }
        }
    }

    private byte[] record(Random random, String type, String url, String contentType, byte[]... block) throws IOException {
        int length = Arrays.stream(block).mapToInt(part -> part.length).sum();
        byte[] head = ascii("WARC/1.0\r\nWARC-Type: " + type + "\r\nWARC-Date: 2021-03-02T02:30:00Z\r\nWARC-Record-ID: <urn:uuid:" + id(random) + ">\r\nContent-Length: " + length
                + "\r\nContent-Type: " + contentType + "\r\nWARC-Warcinfo-ID: <urn:uuid:" + id(random) + ">\r\nWARC-Concurrent-To: <urn:uuid:" + id(random)
                + ">\r\nWARC-IP-Address: 192.0.2." + random.nextInt(255) + "\r\nWARC-Target-URI: " + url + "\r\nWARC-Payload-Digest: sha1:" + digest(random)
                + "\r\nWARC-Block-Digest: sha1:" + digest(random) + "\r\nWARC-Identified-Payload-Type: text/html\r\n\r\n");
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(member)) {
            gzip.write(head);
            for (byte[] part : block) {
                gzip.write(part);
            }
            gzip.write(ascii("\r\n\r\n"));
        }
        inflated += head.length + length + 4;
        return member.toByteArray();
    }

    private static String html(Random random, int length) {
        StringBuilder html = new StringBuilder(length + 200).append("<!DOCTYPE html><html><head><title>Halaman rekaan</title></head><body>");
        while (html.length() < length) {
            html.append("<div class=\"kotak-").append(random.nextInt(1000)).append("\"><a href=\"/bagian/").append(random.nextInt(1_000_000)).append("\">");
            for (int i = random.nextInt(40); i >= 0; i--) {
                html.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(12) == 0 ? Integer.toString(random.nextInt(100_000), 36) : "").append(' ');
            }
            html.append("</a></div>\n");
        }
        return html.append("</body></html>").toString();
    }

    private static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static String digest(Random random) {
        StringBuilder digest = new StringBuilder();
        for (int i = 0; i < 32; i++) {
            digest.append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(random.nextInt(32)));
        }
        return digest.toString();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

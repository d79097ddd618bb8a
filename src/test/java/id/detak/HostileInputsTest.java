package id.detak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import id.detak.capture.archive.ArchiveReader;
import id.detak.capture.archive.ArchivedPage;
import id.detak.capture.archive.HostFilter;
import id.detak.platform.RejectedException;
import id.detak.series.csv.CsvExport;
import id.detak.series.csv.CsvImport;
import id.detak.series.csv.ImportReport;
import id.detak.series.csv.ImportRequest;
import id.detak.series.table.TableOptions;
import id.detak.testsupport.ExpectedLog;
import id.detak.testsupport.Pages;
import id.detak.testsupport.RawHttp;
import id.detak.testsupport.Route;
import id.detak.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Random hostile requests, pages and files: none causes a server error (5xx) or hangs, and none stays in memory. A
 * failure names its seed, which {@code -Ddetak.it.hostile-seed} sets; {@code detak.it.hostile} is the number of inputs.
 */
@QuarkusTest
class HostileInputsTest {

    @RegisterExtension
    static final ExpectedLog LOG =
            ExpectedLog.of().orPerhaps("HTTP Request to .* failed.*the 'Host' header is required");

    private static final int REQUESTS = Integer.getInteger("detak.it.hostile", 150);
    private static final long SEED = Long.getLong("detak.it.hostile-seed", System.nanoTime());
    private static final int PATIENCE_MILLIS = 60_000;
    /** The cache of responses may fill, 64 MB. */
    private static final long MAX_GROWTH = (64L + 32) << 20;

    private static final String ADMIN = "Authorization: Bearer " + TestDatabase.ADMIN_TOKEN + "\r\n";
    /** The codes in their URL form, encoded already. */
    private static final List<String> WORDS = List.of(
            "",
            "%00",
            "%0d%0aSet-Cookie:%20a=b",
            "%FF%FE",
            "%ED%A0%80",
            "%F0%9F%92%A9",
            "%E2%80%AE",
            "%C4%B0",
            "-1",
            "0",
            "9999999999999999999999",
            "1e999999999",
            "NaN",
            "0x1p3",
            "%D9%A1",
            "2026-11-24",
            "2026-02-30",
            "-999999999-01-01",
            "%2B999999999-12-31T23:59:59Z",
            "2026-11-24T10:00:00%2B18:00",
            "P1Y",
            "P999999999Y",
            "-P2147483647D",
            "PT9223372036854775807S",
            "'%20or%201=1--",
            "%24%7B7*7%7D",
            "%7B%7B7*7%7D%7D",
            "%7Bconfig:user.home%7D",
            "%3Cscript%3E",
            "../../etc/passwd",
            "https://evil.example/",
            "file:///etc/passwd",
            "LQ45",
            "LQ45,EMAS,EMAS",
            "*",
            ",,,",
            "raw",
            "auto",
            "raw,1h,1d",
            "value",
            "percentChange",
            "minimum",
            "id",
            "en",
            "xx-YY-zz",
            "asc",
            "failed",
            "firing",
            "00000000-0000-0000-0000-000000000001",
            "true",
            "null",
            "a".repeat(3000),
            "%25".repeat(900));

    private static final List<String> PARAMETERS = List.of(
            "aggregate",
            "alert",
            "before",
            "code",
            "codes",
            "compare",
            "channel",
            "days",
            "day",
            "dir",
            "every",
            "form",
            "from",
            "interval",
            "lang",
            "limit",
            "maxPoints",
            "measure",
            "observedAt",
            "range",
            "rule",
            "scale",
            "sort",
            "source",
            "state",
            "theme",
            "to",
            "transform",
            "token",
            "%5B%5D",
            "%00");
    private static final List<String> TABLES = List.of(
            "investing.csv",
            "yahoo.csv",
            "gold.csv",
            "jisdor.csv",
            "detak-bars.csv",
            "excel-utf16.txt",
            "excel-semicolons.csv",
            "yfinance.csv",
            "gold.xlsx",
            "Ringkasan Indeks-20210302.xlsx");
    private static final List<String> HEADERS = List.of(
            "If-None-Match: *",
            "If-None-Match: \"\", W/\"",
            "If-Modified-Since: kemarin",
            "Accept: text/csv;q=x, */*;q=-1",
            "Accept: ",
            "Accept: a/b/c",
            "Accept-Language: *;q=9,-,é",
            "Accept-Encoding: gzip;q=0, *;q=2",
            "Range: bytes=9-1",
            "Cookie: detak-session=%00; =; ;;",
            "Cookie: detak-language=<script>",
            "Cookie: detak-session=" + "x".repeat(3000),
            "Content-Type: a",
            "Content-Type: text/html; charset=utf-99",
            "Content-Type: multipart/form-data; boundary=",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/json; charset=utf-32",
            "Content-Encoding: gzip",
            "Origin: null",
            "Origin: ://",
            "X-Forwarded-For: 1.2.3.4, ::1%x",
            "Forwarded: for=\"[::1",
            "X-HTTP-Method-Override: DELETE",
            "Last-Event-ID: 9",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Mode: navigate",
            "Expect: 100-continue",
            "Upgrade: h2c",
            "Authorization: Basic Og==",
            "Authorization: Bearer ",
            "Authorization: Bearer detak_read_\u00ff",
            "X-CSRF-Token: \u0001",
            "Host: a:b:c",
            "X: " + "y".repeat(7000),
            "no colon",
            ": no name",
            "\tfolded");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e999999999",
            "1e-999999999",
            "-1e400",
            "99999999999999999999999999999999",
            "0.000000000000000000000000000001",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"P999999999Y\"",
            "\"PT0.000000001S\"",
            "\"-P1D\"",
            "\"LQ45\"",
            "\"*\"",
            "[]",
            "[null]",
            "[[[]]]",
            "{}",
            "{\"a\":{}}",
            "\"" + "z".repeat(5000) + "\"",
            "[" + "\"LQ45\",".repeat(3000) + "1]",
            "\"{{7*7}}{config:a}{#each}\"");

    /** Pieces that the parser of strips looks for, to be repeated. */
    private static final List<String> DELIMITERS = List.of(
            "9.",
            "A ",
            "A 1%)",
            "(1%",
            "[",
            "~",
            "^",
            "|",
            "%",
            "1 111 ",
            "Rp",
            "persen ",
            "<p>",
            "<li>",
            "<li>IDX 1 1%",
            "<table><tr><td>",
            "<div>",
            "<span>1</span>",
            "<i class=down></i>",
            "<del>",
            "&nbsp",
            "|---|\n| a | 1 |\n",
            "INDIKATOR|",
            "INDIKATOR 1:11 WIB ",
            "Market\nIDX 1 1%\n",
            "\n  \u00e2\u0080\u00a2 AB 1,00 1,00 1,00%");

    private static final Pattern PLAIN =
            Pattern.compile("|-?\\d+(\\.\\d+)?|\\d{4}-\\d\\d-\\d\\d(T[\\d:.+]+)?|\\p{L}[^\\p{Cntrl}]*");
    private static final ArchiveReader.Visitor IGNORING = new ArchiveReader.Visitor() {
        @Override
        public void page(ArchivedPage page) {}

        @Override
        public void refused(long offset, String reason) {}

        @Override
        public void damaged(long offset, String reason) {}
    };
    private static final ImportReport UNHEARD = new ImportReport() {
        @Override
        public void row(long line, String reason) {}

        @Override
        public void progress(long bytes) {}
    };

    @TestHTTPResource("/")
    URI site;

    @Inject
    CsvImport csvImport;

    @Inject
    CsvExport csvExport;

    @Inject
    DataSource dataSource;

    private final Random random = new Random(SEED);
    private List<String> rules;

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into indicator (code, name_id, name_en, kind, unit, discovered_at) values ('JIBOR', 'x', 'x', 'other', '', now())");
        }
        rules = RestAssured.given().get("/api/v1/rules/presets").jsonPath().getList("items").stream()
                .map(HostileInputsTest::json)
                .toList();
    }

    private static String json(Object value) {
        return io.vertx.core.json.Json.encode(value);
    }

    @AfterEach
    void cleanUp() throws SQLException {
        TestDatabase.empty(dataSource);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("delete from read_token");
        }
    }

    @Test
    void hostileInputsNeitherFailNorHangNorStay() throws Exception {
        List<Route> routes = Route.all();
        List<String> first = requests(routes, REQUESTS / 3);
        List<String> then = requests(routes, REQUESTS);
        verifyAll(first); // now what is created only once exists
        long before = used();
        verifyAll(then);
        for (int i = 0; i < REQUESTS / 6; i++) {
            importFiles(i);
        }
        noCellIsAFormula();
        long after = used();
        assertThat(after - before)
                .as("the heap, seed %d: %d MB before, %d MB after", SEED, before >> 20, after >> 20)
                .isLessThan(MAX_GROWTH);
        System.out.printf(
                Locale.ROOT,
                "HostileInputsTest: %,d requests, %,d files, 0 faults, heap %+,d MB; seed %d%n",
                first.size() + then.size(),
                REQUESTS / 6,
                (after - before) >> 20,
                SEED);
    }

    /**
     * Whatever pages and files contained, codes start with a letter, and everything else in a CSV is a number, a time
     * or a fixed word.
     */
    private void noCellIsAFormula() throws IOException {
        ByteArrayOutputStream exported = new ByteArrayOutputStream();
        csvExport.all(exported);
        List<String> texts = new ArrayList<>(List.of(exported.toString(StandardCharsets.UTF_8)));
        List<String> codes =
                RestAssured.given().get("/api/v1/indicators").jsonPath().getList("items.code");
        for (String code : codes) {
            String address = "/api/v1/indicators/"
                    + URLEncoder.encode(code.replace("/", "").replace(' ', '-'), StandardCharsets.UTF_8)
                    + "/history.csv?interval=";
            texts.add(RestAssured.given()
                    .urlEncodingEnabled(false)
                    .get(address + "1d")
                    .asString());
            texts.add(RestAssured.given()
                    .urlEncodingEnabled(false)
                    .get(address + "raw&transform=percentChange")
                    .asString());
            texts.add(RestAssured.given()
                    .queryParam("codes", code)
                    .get("/api/v1/compare.csv")
                    .asString());
        }
        assertThat(texts).as("seed %d", SEED).anyMatch(text -> text.lines().count() > 1);
        for (String text : texts) {
            assertThat(text).startsWith(text.startsWith("{") ? "{\"status\":4" : "");
            try (CsvReader<CsvRecord> rows = CsvReader.builder().ofCsvRecord(text.startsWith("{") ? "" : text)) {
                rows.forEach(
                        row -> assertThat(row.getFields()).as("seed %d", SEED).allMatch(cell -> PLAIN.matcher(cell)
                                .matches()));
            }
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void verifyAll(List<String> requests) {
        List<String> faults = requests.stream()
                .map(this::fault)
                .filter(fault -> fault != null)
                .toList();
        assertThat(faults).as("seed %d", SEED).isEmpty();
    }

    /** The error in the response, or null. */
    private String fault(String request) {
        String shown = request.substring(0, Math.min(request.length(), 1500));
        try {
            int status = new RawHttp(site, PATIENCE_MILLIS).statusAlone(request);
            return status < 500 || status == 501 ? null : status + " to " + shown;
        } catch (SocketTimeoutException e) {
            return "no answer to " + shown;
        } catch (RawHttp.ClosedWhileSendingException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            return e + " to " + shown;
        }
    }

    private List<String> requests(List<Route> routes, int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> i % 5 == 0 ? page() : request(one(routes)))
                .toList();
    }

    private String request(Route route) {
        // other tests rely on the seeded indicators
        boolean changesIndicators = !route.reads() && !route.template().contains("void");
        String path = route.template()
                .replaceAll("\\{code}", changesIndicators ? "JIBOR" : random.nextInt(3) > 0 ? "LQ45" : word())
                .replace("{observedAt}", random.nextBoolean() ? "2026-11-24T10:00:00%2B07:00" : word())
                .replaceAll("\\{\\w+}", word());
        String query = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> one(PARAMETERS) + "=" + one(WORDS))
                .collect(Collectors.joining("&", "?", ""));
        String headers = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> one(HEADERS) + "\r\n")
                .collect(Collectors.joining());
        String method = random.nextInt(20) == 0
                ? one(List.of("HEAD", "OPTIONS", "TRACE", "PATCH", "POST", "PROPFIND", "get"))
                : route.method();
        return written(method, path + query, headers, route.reads() ? "" : body(route));
    }

    private String word() {
        return one(WORDS).replace("/", "").replace("$", "");
    }

    private String body(Route route) {
        return switch (random.nextInt(6)) {
            case 0 -> bytes(random.nextInt(200));
            case 1 ->
                one(List.of("[", "{\"a\":", "\"a").stream()
                        .map(part -> part.repeat(50_000))
                        .toList());
            case 2 ->
                "{" + fields("name", "reason", "until", "type", "url", "value", "code", "into", "label", "hidden")
                        + "}";
            case 3 ->
                route.template().contains("channels")
                        ? "{\"name\":\"x\",\"type\":\"" + one(List.of("webhook", "slack", "ntfy", "telegram", "email"))
                                + "\"," + fields("url", "token", "chatId", "to", "from", "host", "port", "security")
                                + "}"
                        : mutated(one(rules));
            default ->
                one(rules)
                        .replaceFirst(":(\"[^\"]*\"|[0-9.]+)", ":" + one(VALUES).replace("\\", "\\\\"))
                        .replaceFirst(
                                "(\"(?:percent|value|level|window|points|confirm|text)\"):(\"[^\"]*\"|[0-9.]+)",
                                "$1:" + one(VALUES).replace("\\", "\\\\"));
        };
    }

    private String fields(String... names) {
        return List.of(names).stream()
                .filter(name -> random.nextBoolean())
                .map(name -> "\"" + name + "\":" + one(VALUES))
                .collect(Collectors.joining(","));
    }

    /** A page with a modified strip. */
    private String page() {
        String page = mutated(random.nextBoolean() ? Pages.EARLY : Pages.LATER);
        String type = one(List.of(
                "text/html",
                "text/plain; charset=utf-8",
                "text/html; charset=utf-16",
                "a",
                "text/html; charset=x-none",
                "application/octet-stream"));
        String day = "2026-11-" + (10 + random.nextInt(14));
        return written(
                "POST",
                "/api/v1/captures?observedAt=" + day + "T10:" + (10 + random.nextInt(50)) + ":00%2B07:00",
                "Content-Type: " + type + "\r\n",
                page);
    }

    private String mutated(String text) {
        StringBuilder changed =
                new StringBuilder(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(changed.length());
            switch (random.nextInt(7)) {
                case 0 -> changed.setCharAt(at, (char) random.nextInt(256));
                case 1 ->
                    changed.insert(
                            at,
                            one(List.of(
                                    "<",
                                    "&#0;",
                                    "&#x110000;",
                                    "<script>",
                                    "\u0000",
                                    "=1+1",
                                    "9".repeat(400),
                                    "-",
                                    "%",
                                    "|",
                                    "WIB",
                                    "\n  \u00e2\u0080\u00a2 ")));
                case 2 -> changed.insert(at, one(DELIMITERS).repeat(random.nextInt(2000)));
                case 3 -> changed.delete(at, Math.min(changed.length(), at + random.nextInt(20)));
                case 4 -> changed.insert(at, changed.substring(0, at));
                case 5 -> changed.insert(at, bytes(random.nextInt(50)));
                default ->
                    changed.insert(
                            changed.indexOf("\n") + 1,
                            "  \u00e2\u0080\u00a2 " + bytes(random.nextInt(30)) + " 1,00 1,00 1,00%\n");
            }
            if (changed.isEmpty()) {
                changed.append('x');
            }
        }
        return changed.toString();
    }

    private String bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String written(String method, String address, String headers, String body) {
        String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
        return method + " " + address + " HTTP/1.1\r\nHost: " + site.getAuthority() + "\r\n" + length + headers
                + (random.nextInt(8) == 0 ? "" : ADMIN) + "\r\n" + body;
    }

    private void importFiles(int number) {
        String rows = mutated(
                "code,observed_at,value,change,change_percent,quality\nLQ45,2021-02-26T16:15:00+07:00,934.16,,,unchecked\n\"EMAS\",2021-03-03T10:00:00+07:00,905.10,6.32,0.70,\n");
        byte[] whole = fixture(one(TABLES));
        byte[] table = random.nextBoolean()
                ? damaged(whole)
                : mutated(new String(whole, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        String page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: "
                + one(List.of("identity", "gzip", "br", "x")) + "\r\n\r\n" + mutated(Pages.LATER);
        String record =
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.kontan.co.id/\r\nWARC-Date: 2021-03-02T02:30:00Z\r\nContent-Type: application/http\r\nContent-Length: "
                        + (random.nextInt(4) > 0
                                ? page.length()
                                : one(List.of("-1", "9223372036854775807", "99999999999999999999", "1", "")))
                        + "\r\n\r\n" + page + "\r\n\r\n";
        byte[] archive = (random.nextBoolean() ? mutated(record) : record).getBytes(StandardCharsets.ISO_8859_1);
        byte[] stored = random.nextBoolean() ? archive : damaged(gzip(archive));
        assertTimeoutPreemptively(
                Duration.ofMillis(PATIENCE_MILLIS),
                () -> {
                    try {
                        ArchiveReader.read(
                                new ByteArrayInputStream(stored), HostFilter.of(List.of("www.kontan.co.id")), IGNORING);
                    } catch (IOException e) {
                        // reported by the import
                    }
                    importTable(rows.getBytes(StandardCharsets.ISO_8859_1), TableOptions.NONE);
                    importTable(
                            table,
                            TableOptions.of("LQ45", null, one(List.of("dmy", "mdy", "ymd")), null, null, null, true));
                },
                () -> "file " + number + ", seed " + SEED);
    }

    private void importTable(byte[] content, TableOptions options) {
        try {
            csvImport.run(
                    new ImportRequest(
                            "hostile.csv", new ByteArrayInputStream(content), options, "test", random.nextBoolean()),
                    UNHEARD);
        } catch (IOException | RejectedException e) {
            // reported by the import
        }
    }

    private static byte[] fixture(String name) {
        try (InputStream in = HostileInputsTest.class.getResourceAsStream("/tables/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] damaged(byte[] bytes) {
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}

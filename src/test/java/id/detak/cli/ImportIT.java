package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PackagedDetak.Finished;
import id.detak.testsupport.Pages;
import id.detak.testsupport.RunningDetak;
import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The command import of the packaged program. */
class ImportIT extends CommandsOnOneCluster {

    @Test
    void badRowsAreReportedAndSkipped() throws Exception {
        PackagedDetak detak = detak("bad");
        Path rows = file("bad.csv", """
                code,observed_at,value,change,change_percent,quality
                LQ45,2021-03-02T09:30:00+07:00,898.78,-24.72,-2.68,ok
                LQ45,2021-03-02T09:30:00,898.78,-24.72,-2.68,ok
                =HYPERLINK("x"),2021-03-02T09:30:00+07:00,898.78,,,
                LQ45,2021-03-02T09:30:00+07:00,899.00,-24.72,-2.68,ok
                LQ45,2021-03-02T09:40:00+07:00,"898,78",,,
                LQ45,2999-03-02T09:40:00+07:00,898.78,,,
                LQ45,2021-03-02T09:45:00+07:00,898.78
                RD.SAHAM,2021-03-02T09:45:00+07:00,1234.56,,0.05,
                EMAS,2021-03-02T09:30:00+07:00,1319000,,0.00,
                """);
        Finished imported = detak.run("import", rows.toString());
        assertThat(imported.outputLines())
                .containsExactly(
                        "read 3, new 2, same 0, conflicting 1, refused 6",
                        "stored as import 1; import --undo 1 takes it back");
        assertThat(imported.errorLines()).hasSize(7).allMatch(line -> line.matches(".*bad\\.csv:[3-9]: .+"));
        assertThat(imported.errors())
                .contains(
                        "bad.csv:5: there is another number for that moment (value 898.78",
                        "bad.csv:6: value '898,78' is no plain number",
                        "bad.csv:7:",
                        "future",
                        "bad.csv:9: value: RD.SAHAM is a fund, which has only change_percent");
        assertThat(imported.exitCode()).isZero();
    }

    @Test
    void archivesImportPagesOfConfiguredSites() throws Exception {
        PackagedDetak detak = detak("archive");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.write(member("https://www.kontan.co.id/a", "2021-03-02T02:30:00Z", Pages.EARLY));
        archive.write(
                member("https://evilkontan.co.id/a", "2021-03-02T02:31:00Z", Pages.strip("LQ45 1,00 0,00 0,00%")));
        archive.write(member(
                "https://nasional.kontan.co.id/b", "2021-03-02T02:35:00Z", Pages.strip("LQ45 899,78 -23,72 -2,57%")));
        archive.write(member("https://www.kontan.co.id/c", "2021-03-02T02:40:00Z", "Halaman rekaan tanpa strip."));
        Path file = Files.write(folder.resolve("pages.warc.gz"), archive.toByteArray());
        Finished imported = detak.run("import", file.toString());
        assertThat(imported.output())
                .contains(
                        "3 pages of kontan.co.id, 1 of them without a strip",
                        "read 6, new 6, same 0, conflicting 0, refused 0");
        assertThat(imported.exitCode()).isZero();
        assertThat(exported(detak))
                .contains("LQ45,2021-03-02T09:30:00+07:00,898.78,", "LQ45,2021-03-02T09:35:00+07:00,899.78,")
                .doesNotContain("LQ45,2021-03-02T09:31:00");
        assertThat(detak.run("import", file.toString()).output())
                .contains("read 6, new 0, same 6, conflicting 0, refused 0");
    }

    @Test
    void damagedArchiveIsReportedAndOthersAreImported() throws Exception {
        PackagedDetak detak = detak("damaged");
        byte[] first = member("https://www.kontan.co.id/a", "2021-03-02T02:30:00Z", Pages.EARLY);
        byte[] broken = member("https://www.kontan.co.id/b", "2021-03-02T02:31:00Z", Pages.LATER);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        archive.write(first);
        archive.write(broken, 0, broken.length / 2);
        Path damaged = Files.write(folder.resolve("damaged.warc.gz"), archive.toByteArray());
        Path missing = folder.resolve("missing.csv");
        Finished imported = detak.run(
                "import",
                damaged.toString(),
                missing.toString(),
                file("rows.csv", "code,observed_at,value\nEMAS,2021-03-02T09:35:00+07:00,1319000\n")
                        .toString());
        assertThat(imported.outputLines()).hasSize(3);
        assertThat(imported.output())
                .contains("1 pages of kontan.co.id", broken.length / 2 + " bytes unread", "refused 1");
        assertThat(imported.errorLines()).hasSize(2);
        assertThat(imported.errors())
                .contains(
                        "missing.csv does not exist",
                        "damaged.warc.gz, record at byte " + first.length + ": The archive ends within a record");
        assertThat(imported.exitCode()).isEqualTo(1);
        assertThat(exported(detak))
                .contains("EMAS,2021-03-02T09:35:00+07:00,1319000", "LQ45,2021-03-02T09:30:00+07:00,898.78,");
    }

    @Test
    void importsMoreFilesThanItMayOpen() throws Exception {
        PackagedDetak detak = detak("many").withMaxOpenFiles(220);
        String[] arguments = new String[301];
        arguments[0] = "import";
        for (int i = 1; i < arguments.length; i++) {
            arguments[i] = file(
                            "many-" + i + ".csv",
                            "code,observed_at,value\nLQ45,2021-03-02T09:%02d:%02d+07:00,898.78\n"
                                    .formatted(i / 60, i % 60))
                    .toString();
        }
        Finished imported = detak.run(arguments);
        assertThat(imported.errors()).isEmpty();
        assertThat(imported.outputLines())
                .containsExactly(
                        "read 300, new 300, same 0, conflicting 0, refused 0",
                        "stored as imports 1 to 300; import --undo ID takes one back");
    }

    @Test
    void oneTableThatCannotBeReadDoesNotStopTheOthers() throws Exception {
        PackagedDetak detak = detak("tables");
        Path open = file("open.csv", "Tanggal;Penutupan\n2021-02-25;934,160\n");
        Path semi = file("semi.csv", "Tanggal;Penutupan\n25/02/2021;944,09\n26/02/2021;934,16\n");
        Finished dry = detak.run("import", "--dry-run", "--code", "LQ45", semi.toString());
        assertThat(dry.outputLines())
                .containsExactly(
                        semi + ": read as CSV with ';' and decimal commas",
                        semi + ": dates are read as day, month, year",
                        semi + ": profile excel; the first rows as understood:",
                        "  line 2: LQ45 2021-02-25T16:00+07:00, value 944.09",
                        "  line 3: LQ45 2021-02-26T16:00+07:00, value 934.16",
                        semi
                                + ": would store 2 rows; 0 are stored already, 0 differ from a stored number, 0 cannot be read, 0 would be suspect",
                        "read 2, new 2, same 0, conflicting 0, refused 0");
        assertThat(dry.exitCode()).isZero();
        assertThat(exported(detak)).hasLineCount(1);
        Finished imported = detak.run("import", "--code", "LQ45", open.toString(), semi.toString());
        assertThat(imported.errors())
                .contains("open.csv: it looks like CSV with ';' and decimal commas", "add --decimal , if");
        assertThat(imported.outputLines())
                .contains(
                        "read 2, new 2, same 0, conflicting 0, refused 0",
                        "stored as import 1; import --undo 1 takes it back");
        assertThat(imported.exitCode()).isEqualTo(2);
        assertThat(detak.run("import", "--dates", "xyz", semi.toString()).errors())
                .contains("--dates must be dmy, mdy or ymd.");
        assertThat(detak.run("import", "--undo", "1", semi.toString()).errors()).contains("--undo takes no FILE");
        barsAgree(detak);
    }

    private static byte[] member(String url, String date, String page) throws IOException {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        String http = "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        String head =
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Target-URI: "
                        + url + "\r\nWARC-Date: " + date
                        + "\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
                        + (http.length() + body.length) + "\r\n\r\n";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write((head + http).getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            out.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @Test
    void killedImportCanBeRunAgain() throws Exception {
        PackagedDetak detak = detak("killed");
        int count = 300_000;
        Path file = folder.resolve("many.csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write("code,observed_at,value,change,change_percent,quality\n");
            OffsetDateTime start = OffsetDateTime.parse("2024-01-01T00:00:00+07:00");
            for (int i = 0; i < count; i++) {
                out.write("LQ45," + start.plusMinutes(i) + "," + (900 + i % 37) + "." + i % 10 + ",,,unchecked\n");
            }
        }
        try (RunningDetak running = detak.begin("import", file.toString())) {
            await("the first rows")
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> !running.isAlive() || rowsStored("killed") > 0);
            assertThat(running.isAlive()).isTrue();
            running.kill();
        }
        Finished again = detak.run(Duration.ofMinutes(5), "import", file.toString());
        assertThat(again.output())
                .matches(
                        "read 300000, new [12]00000, same [12]00000, conflicting 0, refused 0\nstored as import 2; .*\n");
        barsAgree(detak);
        assertThat(exported(detak)).hasLineCount(count + 1);
    }

    private static long rowsStored(String database) {
        try (Connection connection =
                        DriverManager.getConnection(url(database), postgres.username(), postgres.password());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from observation")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            return 0; // the table does not exist yet
        }
    }
}

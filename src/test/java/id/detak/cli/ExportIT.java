package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.database.Database;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PackagedDetak.Finished;
import id.detak.testsupport.Pages;
import id.detak.testsupport.ReleasedSchema;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The commands export and rebuild of the packaged program. */
class ExportIT extends CommandsOnOneCluster {

    private static final String ROWS = """
            code,observed_at,value,change,change_percent,quality,trading_day,open,high,low
            LQ45,2021-03-01T10:00:00+07:00,923.50,1.50,0.16,ok,2021-03-01,,,
            LQ45,2021-03-02T09:30:00+07:00,898.78,-24.72,-2.68,ok,2021-03-02,,,
            LQ45,2021-03-02T09:35:00+07:00,1.00,-24.72,-2.68,suspect,2021-03-02,,,
            LQ45,2021-03-03T16:00:00+07:00,905.10,,,ok,2021-03-03,899.00,906.50,897.25
            EMAS,2021-03-01T16:15:00+07:00,1318000,,,implied,2021-03-01,,,
            EMAS,2021-03-02T09:30:00.123456+07:00,1319000,,0.00,unchecked,2021-03-02,,,
            RD.SAHAM,2021-03-02T18:30:00+07:00,,,0.05,unchecked,2021-03-02,,,
            NEW ONE,2021-03-02T09:30:00+07:00,12.500,,,unchecked,2021-03-02,,,
            """;

    @Test
    void exportedRowsEqualImportedRows() throws Exception {
        PackagedDetak detak = detak("rows");
        Path rows = file("rows.csv", ROWS);
        assertThat(detak.run("import", rows.toString()).outputLines())
                .containsExactly(
                        "read 8, new 8, same 0, conflicting 0, refused 0",
                        "stored as import 1; import --undo 1 takes it back");
        assertThat(detak.runWithInput(ROWS, "import", "-").outputLines())
                .containsExactly("read 8, new 0, same 8, conflicting 0, refused 0");
        assertThat(exported(detak)).isEqualTo(ROWS);
        barsAgree(detak);
        assertThat(detak.run("import", "--undo", "1").outputLines())
                .containsExactly("import 1 (rows.csv) undone: 8 observations deleted");
        assertThat(exported(detak)).hasLineCount(1);
        assertThat(detak.run("import", "--undo", "1").errors()).contains("Import 1 was undone before.");
    }

    @Test
    void firstReleaseDatabaseGetsBars() throws Exception {
        PackagedDetak detak = detak("first");
        ReleasedSchema.write(new Database(url("first"), postgres.username(), postgres.password(), null), "1");
        Finished checked = detak.run("rebuild", "--check");
        assertThat(checked.exitCode()).as(checked.output() + checked.errors()).isZero();
        assertThat(checked.output()).contains("LQ45 ", "observations, consistent");
        assertThat(exported(detak))
                .contains(
                        "LQ45,2021-02-26T16:15:00+07:00,923.50,,,implied,2021-02-26,,,",
                        "LQ45,2021-03-02T09:30:00+07:00,898.78,-24.72,-2.68,ok,2021-03-02,,,");
    }

    @Test
    void exportOfPagesCanBeImportedElsewhere() throws Exception {
        PackagedDetak one = detak("one");
        assertThat(one.run(
                                "import",
                                file("page.txt", Pages.EARLY).toString(),
                                "--observed-at=2021-03-02T09:30:00+07:00")
                        .exitCode())
                .isZero();
        assertThat(one.run(
                                "import",
                                file("bad.txt", Pages.strip("LQ45 831 -12,11 -4,44%"))
                                        .toString(),
                                "--observed-at=2021-03-02T09:35:00+07:00")
                        .exitCode())
                .isZero();
        String rows = exported(one);
        assertThat(rows)
                .contains(
                        "LQ45,2021-03-01T16:15:00+07:00,923.50,,,implied,2021-03-01,,,\n",
                        "LQ45,2021-03-02T09:35:00+07:00,831,-12.11,-4.44,suspect,2021-03-02,,,\n")
                .hasLineCount(8);
        PackagedDetak other = detak("other");
        Path packed = folder.resolve("rows.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(rows.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(other.run("import", packed.toString()).outputLines())
                .startsWith("read 7, new 7, same 0, conflicting 0, refused 0");
        assertThat(exported(other)).isEqualTo(rows);
    }

    @Test
    void rebuildAfterCalendarChangeMovesDays() throws Exception {
        PackagedDetak detak = detak("calendar");
        detak.run(
                "import",
                file("monday.txt", Pages.strip("EMAS 1.319.000 0,00%\n  • LQ45 831,00 -12,11 -1,44%"))
                        .toString(),
                "--observed-at=2026-11-23T10:00:00+07:00");
        Files.writeString(detak.data().resolve("idx-holidays.csv"), "date,name\n2026-11-23,made up\n");
        Finished checked = detak.run("rebuild", "--check");
        assertThat(checked.exitCode()).isEqualTo(1);
        assertThat(checked.output())
                .contains("LQ45")
                .containsPattern("LQ45 +2 observations, 0 with another quality, 1 on another trading day");
        assertThat(detak.run("rebuild").exitCode()).isZero();
        barsAgree(detak);
        assertThat(exported(detak))
                .contains("LQ45,2026-11-19T16:15:00+07:00,843.11,,,implied,2026-11-19,,,\n")
                .doesNotContain("LQ45,2026-11-20T16:15");
        assertThat(detak.run("reparse", "--check").output())
                .isEqualTo("captures parsed 1: strip newly found 0, no longer parsed and left unchanged 0; "
                        + "observations added 0, changed 0, removed 0\n");
    }

    @Test
    void failedExportLeavesNothing() throws Exception {
        Finished exported = detak("nowhere")
                .run("export", folder.resolve("no").resolve("out.csv").toString());
        assertThat(exported.exitCode()).isEqualTo(1);
        assertThat(exported.errorLines()).hasSize(1);
        assertThat(exported.errors()).contains("its folder does not exist");
    }
}

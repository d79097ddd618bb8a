package id.detak.cli;

import id.detak.access.AdminToken;
import id.detak.capture.Sources;
import id.detak.embedded.EmbeddedPostgres;
import id.detak.indicator.Indicators;
import id.detak.intake.ImportUndo;
import id.detak.intake.Intake;
import id.detak.intake.Polls;
import id.detak.intake.Reparse;
import id.detak.platform.StartupSettings;
import id.detak.series.Rebuild;
import id.detak.series.SeriesVersions;
import id.detak.series.csv.CsvExport;
import id.detak.series.csv.CsvImport;
import io.quarkus.runtime.QuarkusApplication;
import java.time.Clock;
import java.util.Map;

/** Runs the application for one command, without HTTP port and poller, and with warnings on standard error only. */
class CommandApplication implements QuarkusApplication {

    private static final Map<String, String> QUIET = Map.of(
            "detak.serving", "false",
            "quarkus.http.host-enabled", "false",
            "quarkus.banner.enabled", "false",
            "quarkus.log.console.stderr", "true",
            "quarkus.log.level", "WARN");

    private static Work work;
    private static Exception failure;

    final Sources sources;
    final Polls polls;
    final Intake intake;
    final Indicators indicators;
    final Rebuild rebuild;
    final Reparse reparse;
    final CsvImport csvImport;
    final ImportUndo importUndo;
    final CsvExport csvExport;
    final SeriesVersions versions;
    final AdminToken adminToken;
    final Clock clock;

    CommandApplication(
            Sources sources,
            Polls polls,
            Intake intake,
            Indicators indicators,
            Rebuild rebuild,
            Reparse reparse,
            CsvImport csvImport,
            ImportUndo importUndo,
            CsvExport csvExport,
            SeriesVersions versions,
            AdminToken adminToken,
            Clock clock) {
        this.adminToken = adminToken;
        this.sources = sources;
        this.polls = polls;
        this.intake = intake;
        this.indicators = indicators;
        this.rebuild = rebuild;
        this.reparse = reparse;
        this.csvImport = csvImport;
        this.importUndo = importUndo;
        this.csvExport = csvExport;
        this.versions = versions;
        this.clock = clock;
    }

    interface Work {
        int run(CommandApplication application) throws Exception;
    }

    /** Starts the application, runs the work, and stops the application. */
    static int run(Work command) throws Exception {
        work = command;
        QUIET.forEach(System::setProperty);
        Bootstrap.prepare(StartupSettings.read(), EmbeddedPostgres.Role.COMMAND);
        int code = QuarkusLauncher.of(CommandApplication.class);
        if (failure != null) {
            throw failure;
        }
        return code;
    }

    @Override
    public int run(String... args) {
        try {
            return work.run(this);
        } catch (Exception e) {
            failure = e;
            return ExitCode.UNREACHABLE;
        }
    }
}

package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PackagedDetak.Finished;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the packaged program, called as by a shell. */
class CommandsIT {

    static final Path STRIP = resource("strip.txt");
    private static final Path NO_STRIP = resource("no-strip.txt");
    private static final String AT = "2026-03-02T09:30:00+07:00";
    /** Code, up to three numbers, quality, time, result: no line of a log looks like this. */
    private static final String ROW =
            "\\S.{19} [ 0-9.-]{12} [ 0-9.-]{10} +(-?[0-9.]+%)? +(ok|unchecked|suspect) +\\S+Z  (new|same|conflicting)";

    @TempDir
    static Path folder;

    private static Path resource(String name) {
        try {
            return Path.of(CommandsIT.class.getResource("/cli/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    static void assertOneLine(Finished finished, int exitCode, String... contained) {
        assertThat(finished.errorLines()).hasSize(1);
        assertThat(finished.errors()).startsWith("detak: ").contains(contained);
        assertThat(finished.exitCode()).isEqualTo(exitCode);
    }

    static List<String> ask(Connection connection, String sql) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    @Nested
    class WithoutADatabase {

        private final PackagedDetak detak = PackagedDetak.on(folder.resolve("never-made"))
                .with("DETAK_DB_URL", "jdbc:postgresql://127.0.0.1:1/nowhere");

        private void assertNothingWasMade() {
            assertThat(detak.data()).doesNotExist();
        }

        @Test
        void parsePrintsTheStripOfAFileAsJson() {
            Finished parsed = detak.run("parse", STRIP.toString());

            assertThat(parsed.output()).isEqualTo("""
                    {"clock":null,"quotes":[\
                    {"code":"LQ45","label":"LQ45","value":898.78,"change":-24.72,"changePercent":-2.68,"previousClose":923.50,"quality":"ok"},\
                    {"code":"EMAS","label":"EMAS","value":1319000,"change":null,"changePercent":0.00,"previousClose":null,"quality":"unchecked"},\
                    {"code":"RD.SAHAM","label":"RD.SAHAM","value":null,"change":null,"changePercent":0.05,"previousClose":null,"quality":"unchecked"},\
                    {"code":"RD.CAMPURAN","label":"RD.CAMPURAN","value":null,"change":null,"changePercent":0.03,"previousClose":null,"quality":"unchecked"},\
                    {"code":"RD.PENDAPATAN TETAP","label":"RD.PENDAPATAN TETAP","value":null,"change":null,"changePercent":0.00,"previousClose":null,"quality":"unchecked"}\
                    ],"unknown":[],"strip":": WIB | INDIKATOR |\\n• LQ45898,78 -24,72 -2.68%\\n• EMAS1.319.000 0,00%\\n• RD.SAHAM 0.05%\\n• RD.CAMPURAN 0.03%\\n• RD.PENDAPATAN TETAP 0.00%"}
                    """);
            assertThat(parsed.errors()).isEmpty();
            assertThat(parsed.exitCode()).isZero();
            assertNothingWasMade();
        }

        @Test
        void parseReadsStandardInput() throws IOException {
            Finished parsed = detak.runWithInput(Files.readString(STRIP), "parse", "-");

            assertThat(parsed.output())
                    .startsWith("{\"clock\":null,\"quotes\":[{\"code\":\"LQ45\"")
                    .contains("923.50");
            assertThat(parsed.errors()).isEmpty();
            assertThat(parsed.exitCode()).isZero();
            assertNothingWasMade();
        }

        @Test
        void parseSaysThatAPageHasNoStrip() {
            Finished parsed = detak.run("parse", NO_STRIP.toString());

            assertThat(parsed.output()).isEmpty();
            assertOneLine(parsed, 2, "no indicator strip");
        }

        @Test
        void parseSaysThatAFileIsMissing() {
            Finished parsed = detak.run("parse", folder.resolve("nothing.txt").toString());

            assertThat(parsed.output()).isEmpty();
            assertOneLine(parsed, 1, "nothing.txt", "does not exist");
        }

        @ParameterizedTest
        @ValueSource(strings = {"parse", "parse one two", "import", "poll now", "serve --nothing", "unknown"})
        void wrongUseIsRefused(String line) {
            Finished refused = detak.run(line.split(" "));

            assertThat(refused.output()).isEmpty();
            assertOneLine(refused, 2, "--help");
            assertNothingWasMade();
        }

        @Test
        void importRequiresTheTimeOfThePage() {
            Finished refused = detak.run("import", STRIP.toString());

            assertThat(refused.output()).isEmpty();
            assertOneLine(refused, 2, "--observed-at is missing");
            assertNothingWasMade();
        }

        @Test
        void importRefusesTheFuture() {
            Finished refused = detak.run("import", "--observed-at", "2999-01-01T00:00:00+07:00", STRIP.toString());

            assertThat(refused.output()).isEmpty();
            assertOneLine(refused, 2, "future");
            assertNothingWasMade();
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "serve", "parse", "poll", "import", "backup", "restore"})
        void everyCommandHasHelp(String command) {
            Finished help = detak.run((command + " --help").strip().split(" "));

            assertThat(help.output()).startsWith(("Usage: detak " + command).strip());
            assertThat(help.errors()).isEmpty();
            assertThat(help.exitCode()).isZero();
            assertNothingWasMade();
        }
    }

    /**
     * A command creates the database and stops it again. Then {@code serve} starts it, and commands work at the same
     * time.
     */
    @Nested
    class OnOneFolder {

        private static Origin origin;
        private static PackagedDetak detak;
        private static PostgresProcess postgres;
        private static Finished firstImport;
        private static long postmastersAfterFirstImport;
        private static RunningDetak serving;
        /** Whether a command that is polling has opened this port. */
        private static volatile Optional<Integer> watchedPort = Optional.empty();

        private static volatile boolean portWasOpen;

        @BeforeAll
        static void importThenServe() {
            origin = Origin.of(OnOneFolder::answer);
            detak = PackagedDetak.on(folder.resolve("one"));
            postgres = new PostgresProcess(detak.data());
            firstImport = detak.run("import", "--observed-at", AT, STRIP.toString());
            postmastersAfterFirstImport = postgres.postmasters();
            serving = detak.with("DETAK_SOURCE_URL", origin.url("/strip"))
                    .with("DETAK_POLL_EVERY", "1h")
                    .serve();
        }

        private static Answer answer(String path) throws AssertionError {
            watchedPort.ifPresent(port -> portWasOpen |= isOpen(port));
            return switch (path) {
                case "/strip" -> Answer.page(text(STRIP));
                case "/no-strip" -> Answer.page(text(NO_STRIP));
                case "/named" ->
                    Answer.page("<p>Kabar pasar hari ini.</p><h4>Bursa kita</h4>"
                            + "<ul id=ticker><li>EMAS 1.319.000 0,00%</li></ul>");
                default -> new Answer(500, "broken");
            };
        }

        private static String text(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        private static boolean isOpen(int port) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @AfterAll
        static void stop() {
            if (serving != null) {
                serving.close();
            }
            origin.close();
        }

        private List<String> ask(String sql) throws SQLException {
            return CommandsIT.ask(postgres.connect(), sql);
        }

        private void execute(String sql) throws SQLException {
            try (Connection connection = postgres.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        @Test
        void backupOfARunningServerRestoresIntoANewFolder() throws Exception {
            Path file = folder.resolve("backup.zip");
            Finished written = detak.run("backup", file.toString());
            assertThat(written.errors()).matches("\\d+ rows of \\d+ tables written\n");
            assertThat(written.exitCode()).isZero();
            assertOneLine(detak.run("restore", file.toString()), 1, "connected to this database");

            PackagedDetak other = PackagedDetak.on(folder.resolve("restored"));
            assertThat(other.run("restore", file.toString()).errors())
                    .matches("\\d+ rows of \\d+ tables restored, as of \\S+Z\n");
            assertOneLine(other.run("restore", file.toString()), 2, "not empty");
            assertThat(other.run("rebuild", "--check").output())
                    .contains("LQ45 ")
                    .doesNotContain("do not agree");
        }

        @Test
        void importMakesTheDatabaseAndStopsItAgain() {
            assertThat(firstImport.errors()).isEmpty();
            assertThat(firstImport.exitCode()).isZero();
            assertThat(firstImport.outputLines())
                    .hasSize(6)
                    .last()
                    .isEqualTo("read 5, new 5, same 0, conflicting 0, refused 0");
            assertThat(firstImport.outputLines().subList(0, 5)).allMatch(line -> line.matches(ROW));
            assertThat(firstImport.outputLines().get(0))
                    .startsWith("LQ45 ")
                    .contains(" 898.78 ", " -24.72 ", " -2.68% ", "2026-03-02T02:30:00Z");
            assertThat(postmastersAfterFirstImport).isZero();
        }

        /** An import in another terminal lacks the settings of the server, so it must not change the source. */
        @Test
        void importingTheSameAgainChangesNothing() throws SQLException {
            String watched = origin.url("/elsewhere");
            execute("update source set url = '" + watched + "'");

            Finished again = detak.run("import", "--observed-at", AT, STRIP.toString());

            assertThat(again.errors()).isEmpty();
            assertThat(again.exitCode()).isZero();
            assertThat(again.outputLines()).last().isEqualTo("read 5, new 0, same 5, conflicting 0, refused 0");
            assertThat(ask("select count(*) from observation where observed_at = '" + AT + "'"))
                    .containsExactly("5");
            assertThat(ask("select url from source where active")).containsExactly(watched);
        }

        @Test
        void ofTwoNumbersForTheSameTimeTheFirstStands() throws Exception {
            Path changed = Files.writeString(
                    folder.resolve("changed.txt"),
                    text(STRIP).replace("LQ45898,78   -24,72   -2.68%", "LQ45899,78   -23,72   -2.57%"));

            Finished other = detak.run("import", "--observed-at", AT, changed.toString());

            assertThat(other.outputLines()).last().isEqualTo("read 5, new 0, same 4, conflicting 1, refused 0");
            assertThat(other.outputLines().get(0))
                    .startsWith("LQ45 ")
                    .contains(" 899.78 ")
                    .endsWith("conflicting");
            assertThat(other.exitCode()).isZero();
            String lq45 = " where observed_at = '" + AT
                    + "' and indicator_id = (select id from indicator where code = 'LQ45')";
            assertThat(ask("select value from observation" + lq45)).containsExactly("898.78");
            assertThat(ask("select value from observation_conflict" + lq45)).containsExactly("899.78");
        }

        @Test
        void aPageWithoutStripIsKeptWhole() throws SQLException {
            Finished kept = detak.run("import", "--observed-at", "2026-03-03T09:30:00+07:00", NO_STRIP.toString());

            assertThat(kept.outputLines()).containsExactly("read 0, new 0, same 0, conflicting 0, refused 0");
            assertOneLine(kept, 2, "no-strip.txt", "no indicator strip");
            assertThat(
                            ask(
                                    "select outcome || ', page ' || (page is not null) from capture where observed_at = '2026-03-03T09:30:00+07:00'"))
                    .containsExactly("no-strip, page true");
        }

        @Test
        void pollPrintsWhatItStored() {
            PackagedDetak elsewhere = detak.with("QUARKUS_HTTP_PORT", freePort());
            watchedPort = Optional.of(elsewhere.httpPort());
            Finished polled =
                    elsewhere.with("DETAK_SOURCE_URL", origin.url("/strip")).run("poll");
            watchedPort = Optional.empty();

            assertThat(polled.errors()).isEmpty();
            assertThat(polled.exitCode()).isZero();
            assertThat(polled.outputLines())
                    .hasSize(6)
                    .last()
                    .isEqualTo("read 5, new 5, same 0, conflicting 0, refused 0");
            assertThat(polled.outputLines().subList(0, 5)).allMatch(line -> line.matches(ROW));
            assertThat(portWasOpen)
                    .as("the HTTP port was open while a command ran")
                    .isFalse();
        }

        @Test
        void pollSaysThatThePageHasNoStrip() {
            Finished polled =
                    detak.with("DETAK_SOURCE_URL", origin.url("/no-strip")).run("poll");

            assertThat(polled.outputLines()).containsExactly("read 0, new 0, same 0, conflicting 0, refused 0");
            assertOneLine(polled, 2, "no-strip");
        }

        @Test
        void pollReadsTheStripThatTheSettingsName() {
            PackagedDetak named = detak.with("DETAK_SOURCE_URL", origin.url("/named"));
            assertOneLine(named.run("poll"), 2, "no-strip");
            Map.of(
                            "DETAK_SOURCES_KONTAN_HEADING", "Bursa kita",
                            "DETAK_SOURCES_KONTAN_SELECTOR", "#ticker")
                    .forEach((setting, value) -> {
                        Finished polled = named.with(setting, value).run("poll");
                        assertThat(polled.exitCode()).as(polled.errors()).isZero();
                        assertThat(polled.outputLines())
                                .as(setting)
                                .hasSize(2)
                                .last()
                                .isEqualTo("read 1, new 1, same 0, conflicting 0, refused 0");
                        assertThat(polled.outputLines().get(0))
                                .startsWith("EMAS ")
                                .contains(" 1319000 ");
                    });
        }

        @Test
        void pollSaysThatTheSiteIsBroken() {
            Finished polled =
                    detak.with("DETAK_SOURCE_URL", origin.url("/broken")).run("poll");

            assertThat(polled.outputLines()).containsExactly("read 0, new 0, same 0, conflicting 0, refused 0");
            assertOneLine(polled, 1, "500");
        }

        @Test
        void pollSaysThatTheSiteIsDown() {
            Finished polled =
                    detak.with("DETAK_SOURCE_URL", "http://127.0.0.1:1/").run("poll");

            assertThat(polled.outputLines()).containsExactly("read 0, new 0, same 0, conflicting 0, refused 0");
            assertOneLine(polled, 1, "unreachable");
        }

        @Test
        void aSecondServeIsRefusedAndTheFirstGoesOn() throws IOException {
            Finished refused = detak.with("QUARKUS_HTTP_PORT", freePort()).run("serve");

            assertOneLine(refused, 1, "DETAK_DB_URL", "replicas");
            assertThat(serving.get("/api/v1/latest").body()).contains("LQ45");
        }

        private int freePort() {
            return PackagedDetak.on(folder).httpPort();
        }
    }
}

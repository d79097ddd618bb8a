package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import id.detak.testsupport.InstalledPostgres;
import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PackagedDetak.Finished;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the packaged program serves, as a demo and on an external PostgreSQL. */
class ServeIT {

    @TempDir
    static Path folder;

    @Nested
    class Demo {

        private static final Duration LIMIT = Duration.ofMinutes(2);

        @Test
        void usesItsOwnFolderAndShowsSimulatedValues() throws Exception {
            PackagedDetak detak = PackagedDetak.on(folder.resolve("market"))
                    .with("DETAK_DEMO", "true")
                    .with("DETAK_LOG_FORMAT", "json");
            PostgresProcess postgres = new PostgresProcess(folder.resolve("market-demo"));
            try (RunningDetak demo = detak.serve()) {
                await("simulated values")
                        .atMost(LIMIT)
                        .until(() -> demo.get("/api/v1/latest").body().contains("\"value\":"));
                assertThat(demo.get("/").body()).contains("Simulated");
                await("the first poll, which follows the history")
                        .atMost(LIMIT)
                        .until(() -> demo.get("/api/v1/sources").body().contains("\"outcome\":\"ok\""));
                assertThat(demo.get("/api/v1/indicators/LQ45/history?interval=1d")
                                .body())
                        .contains("\"t\":[")
                        .doesNotContain("\"gaps\"");
                assertThat(postgres.postmasters()).isEqualTo(1);
                assertThat(detak.data()).doesNotExist();
                assertThat(demo.stop().outputLines()).isNotEmpty().allSatisfy(line -> assertThat(
                                new ObjectMapper().readTree(line).get("message").asText())
                        .isNotEmpty());
            } finally {
                postgres.kill();
            }
        }
    }

    @Nested
    class OnAnExternalPostgres {

        private static InstalledPostgres external;
        private static Origin origin;

        @BeforeAll
        static void start() throws Exception {
            Optional<Path> programs = InstalledPostgres.programs();
            assumeTrue(
                    programs.isPresent(), "No PostgreSQL is installed on this machine (apt-get install postgresql).");
            external = InstalledPostgres.start(programs.get(), folder.resolve("external"));
            String strip = Files.readString(CommandsIT.STRIP);
            origin = Origin.of(path -> Answer.page(strip));
        }

        @AfterAll
        static void stop() throws IOException {
            if (external != null) {
                external.close();
            }
            if (origin != null) {
                origin.close();
            }
        }

        @Test
        void serveUsesItAndASecondOneNeedsAnotherPort() throws Exception {
            external.create("real");
            PackagedDetak detak = external.give(PackagedDetak.on(folder.resolve("no-database-here")), "real")
                    .with("DETAK_SOURCE_URL", origin.url("/"));
            try (RunningDetak serving = detak.serve()) {
                await("the values of the site")
                        .atMost(Demo.LIMIT)
                        .until(() -> serving.get("/api/v1/latest").body().contains("923.50"));
                CommandsIT.assertOneLine(detak.run("serve"), 1, "QUARKUS_HTTP_PORT");
            }
            assertThat(CommandsIT.ask(external.connect("real"), "select count(distinct indicator_id) from observation"))
                    .containsExactly("5");
            assertThat(detak.data().resolve("postgres")).doesNotExist();
        }

        @Test
        void realValuesAreNeverMixedWithSimulatedOnes() throws Exception {
            external.create("simulated");
            PackagedDetak detak = external.give(
                            PackagedDetak.on(folder.resolve("no-database-here-either")), "simulated")
                    .with("DETAK_SOURCE_URL", origin.url("/"));
            assertThat(detak.with("DETAK_DEMO", "true").run("poll").exitCode()).isZero();

            Finished refused = detak.run("serve");

            CommandsIT.assertOneLine(refused, 1, "simulated", "DETAK_DEMO=true");
            assertThat(refused.output()).doesNotContain("Exception");
            assertThat(CommandsIT.ask(external.connect("simulated"), "select distinct via from capture"))
                    .containsExactly("poll");
            assertThat(CommandsIT.ask(
                            external.connect("simulated"),
                            "select count(*) from capture where url = '" + origin.url("/") + "'"))
                    .containsExactly("0");
        }
    }
}

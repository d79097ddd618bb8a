package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.Origin;
import id.detak.testsupport.Origin.Answer;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.Pages;
import id.detak.testsupport.PostgresProcess;
import id.detak.testsupport.RunningDetak;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets that differ between replicas are refused at the start. */
class DifferingReplicasIT {

    private static final String TOKEN = "a-made-up-admin-token";
    private static final String KEY = "a-made-up-secret-key";

    @TempDir
    Path folder;

    private static PackagedDetak with(PackagedDetak detak, String token, String key) {
        return detak.with("DETAK_ADMIN_TOKEN", token).with("DETAK_SECRET_KEY", key);
    }

    @Test
    void otherSecretsAreRefusedWhileAReplicaRuns() throws SQLException {
        try (Origin site = Origin.of(path -> Answer.page(Pages.EARLY))) {
            PackagedDetak first =
                    with(PackagedDetak.on(folder.resolve("a")), TOKEN, KEY).with("DETAK_SOURCE_URL", site.url("/"));
            try (RunningDetak running = first.serve()) {
                PostgresProcess postgres = new PostgresProcess(first.data());
                PackagedDetak second = postgres.replica(folder.resolve("b")).with("DETAK_SOURCE_URL", site.url("/"));
                PackagedDetak.Finished otherToken =
                        with(second, "another-admin-token", KEY).run("serve");
                assertThat(otherToken.errors()).contains("detak: DETAK_ADMIN_TOKEN differs");
                assertThat(otherToken.exitCode()).isEqualTo(2);
                PackagedDetak.Finished otherKey = with(second, TOKEN, "another-secret-key")
                        .with("DETAK_SOURCE_URL", site.url("/of-the-refused"))
                        .run("serve");
                assertThat(otherKey.errors()).contains("set the same DETAK_SECRET_KEY");
                assertThat(otherKey.exitCode()).isEqualTo(2);
                assertThat(sourceUrl(postgres)).as("nothing was changed").isEqualTo(site.url("/"));
                try (RunningDetak same = with(second, TOKEN, KEY).serve()) {
                    assertThat(same.output()).doesNotContain("differs");
                }
            }
            try (RunningDetak changed =
                    with(first, "another-admin-token", "another-secret-key").serve()) {
                assertThat(changed.output()).doesNotContain("differs");
            }
        }
    }

    private static String sourceUrl(PostgresProcess postgres) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select url from source where active")) {
            row.next();
            return row.getString(1);
        }
    }

    @Test
    void unknownHostsAreNamedInOneLine() {
        PackagedDetak detak = PackagedDetak.on(folder.resolve("never-made"))
                .with("DETAK_DB_URL", "jdbc:postgresql://nowhere.invalid/detak");
        CommandsIT.assertOneLine(detak.run("rebuild"), 1, "host not found: nowhere.invalid");
    }
}

package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.embedded.EmbeddedPostgres;
import id.detak.embedded.EmbeddedPostgres.Role;
import id.detak.testsupport.PackagedDetak;
import id.detak.testsupport.PackagedDetak.Finished;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Runs commands of the packaged program as a shell does, on databases of one PostgreSQL. */
abstract class CommandsOnOneCluster {

    @TempDir
    static Path cluster;

    static EmbeddedPostgres postgres;

    @TempDir
    Path folder;

    /** One PostgreSQL for all tests; each test has its own database. */
    @BeforeAll
    static void startPostgres() {
        postgres = EmbeddedPostgres.open(cluster, Role.COMMAND);
    }

    @AfterAll
    static void stopPostgres() {
        postgres.close();
    }

    /** A program with a new database and a new data folder of that name. */
    PackagedDetak detak(String name) throws IOException, SQLException {
        try (Connection connection =
                        DriverManager.getConnection(postgres.jdbcUrl(), postgres.username(), postgres.password());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return PackagedDetak.on(Files.createDirectories(folder.resolve(name)))
                .with("DETAK_DB_URL", url(name))
                .with("DETAK_DB_USER", postgres.username())
                .with("DETAK_DB_PASSWORD", postgres.password());
    }

    static String url(String database) {
        return postgres.jdbcUrl().replaceFirst("/detak", "/" + database);
    }

    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    String exported(PackagedDetak detak) throws IOException {
        Path file = folder.resolve("out-" + detak.data().getFileName() + ".csv");
        assertThat(detak.run("export", file.toString()).exitCode()).isZero();
        return Files.readString(file);
    }

    static void barsAgree(PackagedDetak detak) {
        Finished checked = detak.run("rebuild", "--check");
        assertThat(checked.exitCode()).as(checked.output() + checked.errors()).isZero();
    }
}

package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import id.detak.testsupport.BesideTheApplication;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@BesideTheApplication
class ConfigCommandTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `DETAK_([A-Z_]+)` \\|");

    private static List<String> lines(Map<String, String> settings) {
        return ConfigCommand.lines(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "the test", 300))
                .build());
    }

    @Test
    void settingsAreShownWithTheirOrigin() {
        List<String> lines = lines(Map.of(
                "detak.poll-every",
                "1m",
                "quarkus.http.port",
                "9000",
                "detak.sources.mirror.url",
                "https://m.example/"));
        assertThat(lines)
                .anyMatch(line -> line.matches("detak.poll-every +1m +.*the test.*"))
                .anyMatch(line -> line.matches("quarkus.http.port +9000 +.*the test.*"))
                .anyMatch(line -> line.matches("detak.sources.mirror.url +https://m.example/ +.*the test.*"))
                .anyMatch(line -> line.matches("detak.backup-keep +7 +default"))
                .anyMatch(line -> line.matches("detak.backup-every +- +default"));
    }

    @Test
    void secretsAreHidden() {
        Map<String, String> secrets = Map.of(
                "detak.admin-token", "canary",
                "detak.db-password", "canary",
                "detak.secret-key", "canary-canary-canary",
                "detak.oidc.secret", "canary",
                "detak.heartbeat-url", "https://hc.example/canary",
                "detak.db-url", "jdbc:postgresql://me:canary@db/detak?user=me&password=canary&ssl=true",
                "detak.sources.mirror.headers.Authorization", "Bearer canary",
                "detak.sources.mirror.url", "https://me:canary/canary@canary@m.example/?key=canary",
                "detak.public-url", "https://d.example/?canary",
                "quarkus.proxy.password", "canary");
        assertThat(lines(secrets))
                .noneMatch(line -> line.contains("canary"))
                .anyMatch(line -> line.contains("//(hidden)@db/detak?(hidden)"))
                .anyMatch(line -> line.contains("https://(hidden)@m.example/?(hidden)"));
    }

    @Test
    void everyDocumentedSettingIsShown() throws IOException {
        List<String> shown = lines(Map.of()).stream()
                .map(line -> line.split(" ")[0].substring("detak.".length()).replaceAll("[.-]", "_"))
                .toList();
        List<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("src/docs/configuration.md")))
                .results()
                .map(row -> row.group(1).toLowerCase(Locale.ROOT))
                .filter(name -> !name.equals("heap")) // of the unit, not of the program
                .toList();
        assertThat(shown).containsAll(documented);
    }
}

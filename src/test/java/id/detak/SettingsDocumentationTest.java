package id.detak;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import id.detak.testsupport.BesideTheApplication;
import io.smallrye.config.ConfigMapping;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings in the guide lists exactly the settings of the code. */
@BesideTheApplication
class SettingsDocumentationTest {

    /** Set at startup, by commands and by tests. */
    private static final Set<String> INTERNAL = Set.of(
            "DETAK_SERVING",
            "DETAK_POLLING",
            "DETAK_DATABASE_OWNED",
            "DETAK_CLOCK_SKEW",
            "DETAK_WRONG_TRIES",
            "DETAK_TELEGRAM_URL",
            "DETAK_OIDC_ENABLED");
    /**
     * Read before Quarkus starts (StartupSettings), mapped to Quarkus's settings in application.properties, or read by
     * the systemd unit and the Docker image (DETAK_HEAP).
     */
    private static final Set<String> WITHOUT_MAPPING = Set.of(
            "DETAK_HEAP",
            "DETAK_DATA",
            "DETAK_DB_URL",
            "DETAK_DB_USER",
            "DETAK_DB_PASSWORD",
            "DETAK_LOG_FORMAT",
            "DETAK_OIDC_URL",
            "DETAK_OIDC_CLIENT_ID",
            "DETAK_OIDC_SECRET");

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(DETAK_[A-Z_]+)` \\|");

    @Test
    void everySettingIsDocumented() throws IOException {
        Set<String> settings = new TreeSet<>(WITHOUT_MAPPING);
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("id.detak").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .flatMap(type -> names("DETAK", type))
                        .forEach(settings::add);
        settings.removeAll(INTERNAL);
        assertThat(documented()).containsExactlyInAnyOrderElementsOf(settings);
    }

    /** A method that returns one of our interfaces is a group; a map of them has no variables. */
    private static Stream<String> names(String prefix, JavaClass type) {
        return type.getMethods().stream()
                .filter(method -> !method.getRawReturnType().isEquivalentTo(Map.class))
                .flatMap(method -> {
                    String name = prefix + "_" + variable(method);
                    JavaClass returned = method.getRawReturnType();
                    return returned.isInterface() && returned.getPackageName().startsWith("id.detak")
                            ? names(name, returned)
                            : Stream.of(name);
                });
    }

    private static String variable(JavaMethod method) {
        return method.getName().replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
    }

    private static List<String> documented() throws IOException {
        return ROW.matcher(Files.readString(Path.of("src/docs/configuration.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
    }
}

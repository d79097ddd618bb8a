package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The package contains what it needs, and no traces of the machine that built it. */
class PackageIT {

    private static final Path FOLDER = Path.of(System.getProperty("detak.it.jar", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath()
            .getParent();

    /**
     * The files that this build created: the application, Quarkus's generated code and the settings, without the
     * libraries.
     */
    private static Map<String, byte[]> made() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> jars = Stream.concat(
                Files.list(FOLDER.resolve("app")),
                Files.list(FOLDER.resolve("quarkus"))
                        .filter(path -> path.toString().endsWith(".jar")))) {
            for (Path jar : jars.toList()) {
                try (InputStream in = Files.newInputStream(jar);
                        ZipInputStream zip = new ZipInputStream(in)) {
                    for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                        entries.put(jar.getFileName() + "!" + entry.getName(), zip.readAllBytes());
                    }
                }
            }
        }
        return entries;
    }

    @Test
    @EnabledIfSystemProperty(named = "detak.sbom", matches = "true")
    void billOfMaterialsContainsBundledPackages() throws IOException {
        JsonNode json =
                new ObjectMapper().readTree(FOLDER.resolve("detak.cdx.json").toFile());
        assertThat(json.get("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(StreamSupport.stream(json.get("components").spliterator(), false)
                        .map(component -> component.path("purl").asText().replaceAll("[@?].*", ""))
                        .toList())
                .contains(
                        "pkg:npm/echarts",
                        "pkg:npm/zrender",
                        "pkg:npm/tslib",
                        "pkg:maven/io.smallrye/smallrye-open-api-ui",
                        "pkg:maven/org.postgresql/postgresql");
    }

    @Test
    void packageRevealsNothingAboutTheBuildMachine() throws IOException {
        List<String> telling = List.of(
                System.getProperty("user.home") + "/",
                Path.of("").toAbsolutePath().toString(),
                "\"" + InetAddress.getLocalHost().getHostName() + "\"");
        Path billOfMaterials = FOLDER.resolve("detak.cdx.json");
        assertThat(Files.exists(billOfMaterials) ? Files.readString(billOfMaterials) : "")
                .doesNotContain(telling);
        made().forEach((name, content) -> assertThat(new String(content, StandardCharsets.ISO_8859_1))
                .as(name)
                .doesNotContain(telling));
    }
}

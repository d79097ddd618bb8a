package id.detak.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The package contains what it needs, and no traces of the machine that built it. */
class PackageIT {

    private static final Path FOLDER = Path.of(System.getProperty("detak.it.jar", "target/quarkus-app/quarkus-run.jar"))
            .toAbsolutePath()
            .getParent();
    private static final Pattern MADE = Pattern.compile(
            "id/detak/|io/quarkus/(runner|runtime/generated)/|META-INF/(MANIFEST|resources|quarkus)|[^/]+\\.properties$");

    /** What this build made: the application, Quarkus's generated code and the settings, without the libraries. */
    private static Map<String, byte[]> made() throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipFile jar = new ZipFile(FOLDER.resolve("quarkus-run.jar").toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (MADE.matcher(entry.getName()).lookingAt()) {
                    entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
        }
        assertThat(entries).hasSizeGreaterThan(1000);
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

    /** With {@code -Xshare:on}, the JVM does not start if it cannot use the archive. */
    @Test
    void theClassArchiveFitsThePackage() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:on",
                        "-XX:SharedArchiveFile=" + FOLDER.resolve("detak.jsa"),
                        "-jar",
                        FOLDER.resolve("quarkus-run.jar").toString(),
                        "--version")
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(variable -> variable.matches("(JAVA_TOOL|JDK_JAVA).*"));
        Process process = builder.start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("Detak ")
                .hasLineCount(1);
        assertThat(process.waitFor()).isZero();
    }
}

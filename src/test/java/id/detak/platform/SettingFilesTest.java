package id.detak.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import id.detak.testsupport.BesideTheApplication;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@BesideTheApplication
class SettingFilesTest {

    @TempDir
    Path folder;

    @Test
    void valuesAreReadFromFiles() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a-made-up-token\n");
        assertThat(SettingFiles.read(
                        Map.of("DETAK_ADMIN_TOKEN_FILE", file.toString(), "OTHER_FILE", "x", "DETAK_DATA", "y")))
                .containsExactly(Map.entry("DETAK_ADMIN_TOKEN", "a-made-up-token"));
    }

    @Test
    void unusableFilesAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "a-made-up-token");
        assertThatThrownBy(() -> SettingFiles.read(
                        Map.of("DETAK_ADMIN_TOKEN_FILE", file.toString(), "DETAK_ADMIN_TOKEN", "another")))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining("both set");
        for (Path unusable : new Path[] {folder, folder.resolve("missing")}) {
            assertThatThrownBy(() -> SettingFiles.read(Map.of("DETAK_SECRET_KEY_FILE", unusable.toString())))
                    .isInstanceOf(BadSettingException.class)
                    .hasMessageContaining("DETAK_SECRET_KEY_FILE")
                    .hasMessageContaining("cannot be read");
        }
        Files.writeString(file, "x".repeat(70_000));
        assertThatThrownBy(() -> SettingFiles.read(Map.of("DETAK_SECRET_KEY_FILE", file.toString())))
                .hasMessageContaining("longer than a setting");
    }
}
